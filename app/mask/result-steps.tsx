'use client'
import { ArrowRightFromLine, Redo2, Undo2 } from 'lucide-react'
import { baseName } from '../export/save'
import { Section } from '../panel/section'
import { useBench } from '../shell/bench'
import type { Step } from '../state/session'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { Thumbnail } from '../ui/thumbnail'

/** Every result of the picture in view, to go back to or on from; the mask has an undo of its own. */
export function ResultSteps() {
  const { t } = useWords()
  const { item, card, do: commands } = useBench()
  const { steps = [] } = item ?? {}
  if (!item || steps.length < 2) return null
  const at = steps.findIndex(({ picture, run }) => picture === item.picture && run === item.run)
  const now = at < 0 ? steps.findLastIndex(({ picture }) => picture === item.picture) : at
  const go = (index: number) => commands.step(item.picture.id, steps[index])
  const result = at > 0 ? resultFile(steps[at], card.layers) : undefined
  return (
    <Section
      title={t('stepsTitle')}
      aside={
        <span className="flex">
          <IconButton small label={t('stepsBack')} disabled={now <= 0} onClick={() => go(now - 1)}>
            <Undo2 size={15} aria-hidden />
          </IconButton>
          <IconButton small label={t('stepsForward')} disabled={now >= steps.length - 1} onClick={() => go(now + 1)}>
            <Redo2 size={15} aria-hidden />
          </IconButton>
        </span>
      }
    >
      <ol className="flex gap-2 overflow-x-auto p-0.5 pb-1">
        {steps.map((step, index) => {
          const name = index === 0 ? t('stepOriginal') : t('stepResult', { number: index })
          return (
            <li key={index} className="shrink-0">
              <button
                type="button"
                aria-pressed={index === at}
                onClick={() => go(index)}
                className="flex w-16 flex-col gap-1 rounded-md text-muted text-xs aria-pressed:text-accent-text [&>span:first-child]:aria-pressed:outline-2 [&>span:first-child]:aria-pressed:outline-accent"
              >
                <Thumbnail file={resultFile(step, card.layers) ?? step.picture.file} className="h-12 w-full" />
                <span className="truncate">{name}</span>
              </button>
            </li>
          )
        })}
      </ol>
      {result && (
        <Button size="small" className="self-start" onClick={() => commands.takeResult(item.picture.id, result)}>
          <ArrowRightFromLine size={13} aria-hidden />
          {t('stepUseAsSource')}
        </Button>
      )}
    </Section>
  )
}

const files = new WeakMap<Step, File>()

/** The picture that came out, named like the one it was made of; the same file for the same step. */
function resultFile(step: Step, layers: ReturnType<typeof useBench>['card']['layers']): File | undefined {
  const known = files.get(step)
  if (known || step.run.status !== 'done') return known
  const replaced = layers.find(({ kind }) => kind === 'replace')
  const artefact = replaced && 'artefact' in replaced ? replaced.artefact : undefined
  const made = step.run.outcome.files.find(({ name }) => baseName(name) === artefact)
  if (!made) return undefined
  const file = new File([made.blob], `${baseName(step.picture.file.name)}-${made.name}`, { type: made.blob.type })
  files.set(step, file)
  return file
}
