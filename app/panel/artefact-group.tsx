'use client'
import { ArrowRight } from 'lucide-react'
import type { RunOutcome } from '../../workers/runner'
import { useBench } from '../shell/bench'
import { objectUrl } from '../state/object-url'
import { useWords } from '../text/words'
import { toolWords } from '../tools/tool-words'
import { Button } from '../ui/button'
import { SendMenu } from './send-menu'

interface ArtefactGroupProps {
  title: string
  files: RunOutcome['files']
  /** What each is called. */
  titleOf: (file: string) => string
  /** Id of the tool to go on with first. */
  next: string | undefined
  /** Name of the picture they were made from, without its ending. */
  base: string
}

/** Several result pictures of one kind: small, to look at, and to go on with all at once. */
export function ArtefactGroup({ title, files, titleOf, next, base }: ArtefactGroupProps) {
  const { t, locale } = useWords()
  const { cards, layers, do: commands } = useBench()
  const target = cards.find(({ id }) => id === next)
  const send = (tool: string) =>
    commands.send(
      tool,
      files.map(({ name, blob }) => new File([blob], `${base}-${name}`, { type: blob.type })),
    )
  return (
    <section aria-label={title} className="flex flex-col gap-2 rounded-lg border border-line bg-raised p-2">
      <h3 className="flex justify-between gap-3 px-1 text-sm">
        {title}
        <span className="text-muted text-xs tabular-nums">{t('files', { count: files.length })}</span>
      </h3>
      <ul className="flex max-h-56 flex-wrap gap-1.5 overflow-y-auto p-0.5">
        {files.map(({ name, blob }) => (
          <li key={name}>
            <button
              type="button"
              aria-pressed={layers.picture === name}
              onClick={() => layers.showPicture(layers.picture === name ? null : name)}
              className="block rounded-md aria-pressed:outline-2 aria-pressed:outline-accent"
            >
              <img
                src={objectUrl(blob)}
                alt={t('showPicture', { title: titleOf(name) })}
                loading="lazy"
                decoding="async"
                className="checkered size-12 rounded-md object-cover"
              />
            </button>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        {target && (
          <Button size="small" look="accent" onClick={() => send(target.id)}>
            {t('sendMany', { count: files.length, tool: toolWords(target, locale).title })}
            <ArrowRight size={13} aria-hidden />
          </Button>
        )}
        <SendMenu onChoose={send}>
          <Button size="small">{t('sendTo')}</Button>
        </SendMenu>
      </div>
    </section>
  )
}
