'use client'
import { Braces, FileArchive } from 'lucide-react'
import type { RunOutcome } from '../../workers/runner'
import { resultJson } from '../export/result-json'
import { baseName, save } from '../export/save'
import type { ShownResult } from '../run/shown-result'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { Artefact } from './artefact'
import { ArtefactGroup } from './artefact-group'

interface DownloadsProps {
  outcome: RunOutcome
  result: ShownResult
  rows: readonly Readonly<Record<string, unknown>>[]
  name: string
}

export function Downloads({ outcome, result, rows, name }: DownloadsProps) {
  const { t } = useWords()
  const { card, words, layers } = useBench()
  const base = baseName(name)
  const titleOf = (file: string) => {
    const [, step, kind = ''] = /^(?:step-(\d+)-)?(.+)\.\w+$/.exec(file) ?? []
    const [, several, number] = /^(.+)-(\d+)$/.exec(kind) ?? []
    const many = card.artefacts.find((one) => one.many && one.name === several)
    if (many) return `${words.label(many.name, many.title)} ${number}`
    const artefact = card.artefacts.find((one) => one.name === kind)
    const title = artefact ? words.label(artefact.name, artefact.title) : file
    return step ? t('stepTitle', { number: step, title }) : title
  }
  const groups = card.artefacts
    .filter(({ many }) => many)
    .map((artefact) => ({ artefact, files: outcome.files.filter(({ name: file }) => isOneOf(file, artefact.name)) }))
    .filter(({ files }) => files.length > 0)
  const single = outcome.files.filter((file) => !groups.some(({ files }) => files.includes(file)))
  const json = () => resultJson(card.id, result, outcome)
  const zip = async () => {
    const { zipResults } = await import('../export/zip')
    save(
      await zipResults([{ name, rows, json: json(), files: outcome.files }], card.table?.columns ?? []),
      `${base}.zip`,
    )
  }
  return (
    <div className="flex flex-col gap-2">
      <ul className="flex flex-col gap-2">
        {single.map(({ name: file, blob }) => {
          const title = titleOf(file)
          const shown = layers.picture === file
          return (
            <Artefact
              key={file}
              {...{ blob, title, shown }}
              name={`${base}-${file}`}
              onShow={() => layers.showPicture(shown ? null : file)}
            />
          )
        })}
      </ul>
      {groups.map(({ artefact: { name: kind, title, next }, files }) => (
        <ArtefactGroup key={kind} title={words.label(kind, title)} {...{ files, titleOf, next, base }} />
      ))}
      {!result.drawn && <p className="text-muted text-xs">{t('picturesFromRun')}</p>}
      <div className="flex gap-2">
        <Button size="small" onClick={() => save(new Blob([json()], { type: 'application/json' }), `${base}.json`)}>
          <Braces size={13} aria-hidden />
          JSON
        </Button>
        <Button size="small" onClick={zip}>
          <FileArchive size={13} aria-hidden />
          {t('everythingZip')}
        </Button>
      </div>
    </div>
  )
}

/** Whether a file is one of an artefact of which there are several: `face-3.png` of `face`. */
const isOneOf = (file: string, artefact: string): boolean =>
  file.startsWith(`${artefact}-`) && /^\d+\.\w+$/.test(file.slice(artefact.length + 1))
