'use client'
import { useCallback, useState } from 'react'
import { failure } from '../../core/errors'
import { libraryClient } from '../../workers/library-client'
import { save } from '../export/save'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { useLoaded } from '../webhooks/use-loaded'
import { allGroups, groupsCsv, groupsJson } from './export-groups'
import { Empty, Failed, Loading } from './failed'
import { GroupCard } from './group-card'
import { restOf } from './keep'
import { Pager } from './pager'
import { useFailureText } from './use-failure-text'
import type { LibraryState } from './use-library'

const LIMIT = 20

/** Pictures that are made from one another, group by group. */
export function GroupsView({ library }: { library: LibraryState }) {
  const { t } = useWords()
  const [offset, setOffset] = useState(0)
  const { version, removals } = library
  const load = useCallback(
    (signal: AbortSignal) => {
      void version // read again with each
      return libraryClient.groups({ offset, limit: LIMIT }, signal)
    },
    [offset, version],
  )
  const { value, failed, reload } = useLoaded(load)
  const groups = value?.groups
    .map((group) => ({ ...group, images: group.images.filter(({ id }) => !removals.ids.has(id)) }))
    .filter(({ images }) => images.length > 1)
  return (
    <>
      {failed && <Failed failure={failed} onRetry={reload} />}
      {!value && !failed && <Loading />}
      {groups?.length === 0 && <Empty title={t('libraryNoGroups')} help={t('libraryNoGroupsHelp')} />}
      {groups && groups.length > 0 && (
        <>
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => library.choose(new Set([...library.chosen, ...groups.flatMap(restOf)]))}>
              {t('libraryChooseAllRest')}
            </Button>
            <ExportButtons />
          </div>
          <ol className="flex flex-col gap-4">
            {groups.map((group, index) => (
              <GroupCard key={group.id} group={group} number={offset + index + 1} library={library} />
            ))}
          </ol>
        </>
      )}
      {value && <Pager offset={offset} limit={LIMIT} total={value.total} onOffset={setOffset} />}
    </>
  )
}

/** Of every group, also those on other pages. */
function ExportButtons() {
  const { t } = useWords()
  const failureText = useFailureText()
  const [busy, setBusy] = useState(false)
  const write = async (type: 'csv' | 'json') => {
    setBusy(true)
    try {
      const groups = await allGroups()
      const text = type === 'csv' ? groupsCsv(groups) : groupsJson(groups)
      save(new Blob([text], { type: type === 'csv' ? 'text/csv' : 'application/json' }), `library-copies.${type}`)
    } catch (error) {
      toast({ text: failureText(failure(error)), wrong: true })
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button disabled={busy} onClick={() => write('csv')}>
        {t('folderExportCsv')}
      </Button>
      <Button disabled={busy} onClick={() => write('json')}>
        {t('folderExportJson')}
      </Button>
      <span role="status" className="self-center text-muted text-sm">
        {busy && t('libraryExporting')}
      </span>
    </>
  )
}
