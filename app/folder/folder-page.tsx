'use client'
import { useEffect, useEffectEvent, useState } from 'react'
import type { FolderGroup, Member } from '../../workers/folder/folder-groups'
import { Problem } from '../panel/problem'
import { LiveRegion } from '../shell/live-region'
import { Toasts } from '../shell/toasts'
import { announcement, toast } from '../state/toasts'
import { useErrorText } from '../text/error-text'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { AsideList } from './aside-list'
import { useContentFilter } from './content-filter'
import { EvidenceSheet } from './evidence-sheet'
import { FolderHeader } from './folder-header'
import { type AsidePair, allButBest } from './folder-state'
import { GroupCard } from './group-card'
import { given, type List, pickDirectory } from './pick-directory'
import { SkippedList } from './skipped-list'
import { Start } from './start'
import { Toolbar } from './toolbar'
import { type ChoiceOfFiles, useChoice } from './use-choice'
import { type Folder, useFolder } from './use-folder'
import { usePage } from './use-page'
import { WorkBar } from './work-bar'

/** Copies among the pictures of a folder, found on this device. */
export function FolderPage() {
  const { t } = useWords()
  const folder = useFolder()
  const choice = useChoice()
  const { state } = folder
  const open = (list: List) => {
    choice.forget()
    void folder.open(list)
  }
  usePage((files) => files.length > 0 && open(given(files)))
  useUndoKey(choice.undo)
  useAnnouncement(folder)
  const isEmpty = !state.work && state.pictures === undefined && state.groups.length === 0 && !state.failure
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <FolderHeader />
      <main className="min-h-0 grow overflow-y-auto" aria-label={t('folder')}>
        <div className="mx-auto flex w-full max-w-6xl flex-col gap-4 px-6 py-6 max-md:px-3 max-md:py-4">
          {isEmpty ? <Start onOpen={open} /> : <Opened folder={folder} choice={choice} onOpen={open} />}
        </div>
      </main>
      <Toasts />
      <LiveRegion />
    </div>
  )
}

interface OpenedProps {
  folder: Folder
  choice: ChoiceOfFiles
  onOpen: (list: List) => void
}

function Opened({ folder, choice, onOpen }: OpenedProps) {
  const { t } = useWords()
  const [compared, compare] = useState<readonly [Member, Member]>()
  const { work, isPaused, groups, pictures, skipped, aside, failure } = folder.state
  useContentFilter(folder.session.current, groups, work !== undefined)
  const setAside = async ([one, other]: AsidePair, isAside: boolean) => {
    const [a, b] = [one.print.sha256, other.print.sha256]
    choice.push(() => folder.setAside(a, b, !isAside))
    compare(undefined)
    if (isAside) toast({ text: t('folderSetAsideDone') })
    await folder.setAside(a, b, isAside)
  }
  return (
    <>
      {work && <WorkBar work={work} isPaused={isPaused} onPause={folder.pause} onStop={folder.stop} />}
      {failure && <Failed failure={failure} onRetry={folder.retry} />}
      {(!work || groups.length > 0) && (
        <Toolbar {...{ groups, pictures, choice }} onAnother={() => pickDirectory(onOpen)} />
      )}
      {!work && !failure && <Outcome pictures={pictures} groups={groups} />}
      <SkippedList skipped={skipped} />
      <ol className="flex flex-col gap-4">
        {groups.map((group, index) => (
          <GroupCard
            key={group.id}
            group={group}
            number={index + 1}
            chosen={choice.chosen}
            onToggle={choice.toggle}
            onChooseRest={(of) => choice.add(allButBest([of]))}
            onCompare={(member, best) => compare([member, best])}
          />
        ))}
      </ol>
      <AsideList aside={aside} onBringBack={(pair) => setAside(pair, false)} />
      <p className="pb-4 text-muted text-xs">{t('folderPromise')}</p>
      {compared && (
        <EvidenceSheet
          session={folder.session.current}
          member={compared[0]}
          other={compared[1]}
          onSetAside={() => setAside([compared[0].picture, compared[1].picture], true)}
          onClose={() => compare(undefined)}
        />
      )}
    </>
  )
}

interface FailedProps {
  failure: NonNullable<Folder['state']['failure']>
  onRetry: () => void
}

function Failed({ failure, onRetry }: FailedProps) {
  const { t } = useWords()
  const errorText = useErrorText()
  return (
    <div role="alert" className="flex flex-col items-start gap-3 rounded-xl border border-line bg-surface p-4">
      <Problem text={errorText(failure)} />
      <Button onClick={onRetry}>{t('folderAgain')}</Button>
    </div>
  )
}

/** What to say when there is no group to show. */
function Outcome({ pictures, groups }: { pictures: number | undefined; groups: readonly FolderGroup[] }) {
  const { t } = useWords()
  if (groups.length > 0) return null
  const said = pictures === undefined ? t('folderStopped') : pictures === 0 ? t('folderNone') : undefined
  return (
    <p className="rounded-xl border border-line bg-surface p-6 text-center text-sm">
      {said ?? t('folderNoCopies', { count: pictures ?? 0 })}
    </p>
  )
}

function useUndoKey(undo: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return
    event.preventDefault()
    undo()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

function useAnnouncement({ state: { work, pictures, groups } }: Folder): void {
  const { t } = useWords()
  const isDone = !work && pictures !== undefined
  useEffect(() => {
    if (isDone) announcement.set(t('folderGroups', { count: groups.length }))
  }, [isDone, groups.length, t])
}
