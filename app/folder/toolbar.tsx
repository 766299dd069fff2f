'use client'
import { FolderOpen, Undo2 } from 'lucide-react'
import { useId } from 'react'
import type { FolderGroup } from '../../workers/folder/folder-groups'
import { save } from '../export/save'
import { useStore } from '../state/store'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { Toggle } from '../ui/toggle'
import { isFiltering } from './content-filter'
import { groupsCsv, groupsJson } from './export-groups'
import { allButBest } from './folder-state'
import type { ChoiceOfFiles } from './use-choice'

interface ToolbarProps {
  groups: readonly FolderGroup[]
  pictures: number | undefined
  choice: ChoiceOfFiles
  onAnother: () => void
}

/** What was found, and what can be done with all of it. */
export function Toolbar({ groups, pictures, choice, onAnother }: ToolbarProps) {
  const { t, format } = useWords()
  const { chosen, add, clear, undo, canUndo } = choice
  const files = groups.flatMap(({ members }) => members).filter(({ path }) => chosen.has(path))
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0)
  const exportAs = (name: string, type: string, text: string) => save(new Blob([text], { type }), name)
  return (
    <section
      aria-label={t('folderGroups', { count: groups.length })}
      className="z-10 flex flex-wrap items-center gap-2 rounded-xl border border-line bg-surface p-3 md:sticky md:top-0"
    >
      <p className="min-w-0 grow basis-56 text-sm tabular-nums">
        <strong className="font-semibold">{t('folderGroups', { count: groups.length })}</strong>{' '}
        {pictures !== undefined && <span className="text-muted">{t('folderAmong', { count: pictures })}</span>}
        {files.length > 0 && (
          <span className="block text-accent-text">
            {t('folderChosen', { count: files.length })} · {format.bytes(bytes)}
          </span>
        )}
      </p>
      <Button size="small" disabled={groups.length === 0} onClick={() => add(allButBest(groups))}>
        {t('folderChooseAll')}
      </Button>
      <Button size="small" look="quiet" disabled={chosen.size === 0} onClick={clear}>
        {t('folderChooseNone')}
      </Button>
      <Button size="small" look="quiet" disabled={!canUndo} onClick={undo} aria-keyshortcuts="Control+Z">
        <Undo2 size={14} aria-hidden />
        {t('folderUndo')}
      </Button>
      <Button
        size="small"
        disabled={groups.length === 0}
        onClick={() => exportAs('copies.csv', 'text/csv', groupsCsv(groups, chosen))}
      >
        {t('folderExportCsv')}
      </Button>
      <Button
        size="small"
        disabled={groups.length === 0}
        onClick={() => exportAs('copies.json', 'application/json', groupsJson(groups, chosen))}
      >
        {t('folderExportJson')}
      </Button>
      <FilterSwitch />
      <Button size="small" onClick={onAnother}>
        <FolderOpen size={14} aria-hidden />
        {t('folderAnother')}
      </Button>
    </section>
  )
}

function FilterSwitch() {
  const { t } = useWords()
  const id = useId()
  return (
    <label htmlFor={id} title={t('folderFilterHelp')} className="flex min-h-8 items-center gap-2 px-1 text-sm">
      <Toggle id={id} checked={useStore(isFiltering)} onChange={isFiltering.set} />
      {t('folderFilter')}
    </label>
  )
}
