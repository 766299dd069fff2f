'use client'
import { useEffect } from 'react'
import type { Task } from '../../models/model'
import { Section } from '../panel/section'
import { useOnline } from '../shell/use-online'
import { mode } from '../state/preferences'
import { useStore } from '../state/store'
import { useWords } from '../text/words'
import type { ToolCard } from '../tools/card'
import { ModelCard } from './model-card'
import { ModelStorage } from './model-storage'
import { useShelf } from './page-shelf'
import type { Row } from './row'
import type { ShelfStore } from './shelf-store'

const LOOK_AGAIN_MS = 1000

/** Every model there is: where it lies, what it is worth and under which licence, to fetch and to remove. */
export function ModelsSheet({ cards }: { cards: readonly ToolCard[] }) {
  const { t } = useWords()
  const shelf = useShelf()
  return (
    <div className="flex flex-col divide-y divide-line">
      <p className="px-4 py-3 text-muted text-sm">{t('modelsHelp')}</p>
      {shelf === 'failed' && <p className="px-4 py-6 text-sm text-wrong">{t('modelsFailed')}</p>}
      {shelf === null && <p className="px-4 py-6 text-muted text-sm">{t('loading')}</p>}
      {shelf !== null && shelf !== 'failed' && <Shelf {...{ shelf, cards }} />}
    </div>
  )
}

function Shelf({ shelf, cards }: { shelf: ShelfStore; cards: readonly ToolCard[] }) {
  const { t } = useWords()
  const rows = useStore(shelf.rows)
  const answers = useStore(shelf.serverAnswers)
  const online = useOnline()
  useServer(shelf, rows, online)
  useDevice(shelf, rows)
  const tasks = [...new Set(rows.map(({ model }) => model.task))]
  return (
    <>
      {(!online || answers === false) && (
        <p className="bg-raised px-4 py-3 text-sm" role="status">
          {t(online ? 'modelsUnreachable' : 'modelsOffline')}
        </p>
      )}
      <ModelStorage rows={rows} />
      {rows.length === 0 && <p className="px-4 py-6 text-muted text-sm">{t('modelsNone')}</p>}
      {tasks.map((task) => (
        <Section key={task} title={t(`modelTask_${task}`)} aside={<UsedBy {...{ task, cards }} />}>
          <ul className="flex flex-col gap-3">
            {rows
              .filter(({ model }) => model.task === task)
              .map((row) => (
                <ModelCard key={row.model.id} {...{ shelf, row }} canFetch={online && answers !== false} />
              ))}
          </ul>
        </Section>
      ))}
    </>
  )
}

/**
 * The server is asked when the sheet opens, when the network comes back, and again while it fetches something. In
 * private mode it is not: files of models come, and nothing goes.
 */
function useServer(shelf: ShelfStore, rows: readonly Row[], online: boolean): void {
  const asks = useStore(mode) !== 'private' && online
  useEffect(() => {
    if (asks) void shelf.refreshServer()
    else shelf.forgetServer()
  }, [shelf, asks])
  const busy = rows.some(({ there }) => there.state === 'fetching')
  useEffect(() => {
    if (!busy || !asks) return
    const timer = setInterval(() => void shelf.refreshServer(), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [shelf, busy, asks])
}

/** A run may be fetching what it needs: then its bytes are looked up. */
function useDevice(shelf: ShelfStore, rows: readonly Row[]): void {
  const busy = rows.some(({ here }) => here.state === 'fetching')
  useEffect(() => {
    if (!busy) return
    const timer = setInterval(() => void shelf.refresh(), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [shelf, busy])
}

function UsedBy({ task, cards }: { task: Task; cards: readonly ToolCard[] }) {
  const { t, list, toolTitle } = useToolTitles()
  const users = cards.filter(({ models }) => models.includes(task))
  return (
    <span className="truncate text-muted text-xs">
      {users.length > 0 ? t('modelUsedBy', { tools: list(users.map(toolTitle)) }) : t('modelUsedByNone')}
    </span>
  )
}

function useToolTitles() {
  const { t, locale } = useWords()
  return {
    t,
    list: (names: readonly string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(names),
    toolTitle: (card: ToolCard) => (locale === 'en' ? undefined : card.text[locale]?.title) ?? card.title,
  }
}
