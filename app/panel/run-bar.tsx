'use client'
import { Play, Square } from 'lucide-react'
import { batchProgress } from '../run/batch-progress'
import { progress, ratio } from '../run/progress'
import { useNow } from '../run/use-now'
import { keyCaps } from '../shell/actions'
import { useBench } from '../shell/bench'
import { useApple } from '../shell/use-apple'
import { useSelected } from '../state/store'
import { useWords } from '../text/words'
import { Button } from '../ui/button'

const SECOND_MS = 1000

/** Run, or while something runs how far it is and Stop. */
export function RunBar() {
  const { t } = useWords()
  const { busy, outdated, session, do: commands } = useBench()
  const apple = useApple()
  if (busy) return <Running />
  return (
    <div className="flex min-w-0 grow flex-col gap-2">
      <Button look="accent" size="large" className="w-full" onClick={commands.run}>
        <Play size={16} aria-hidden />
        {session.items.length > 1 ? t('runFiles', { count: session.items.length }) : t('run')}
        <kbd className="font-sans text-xs max-md:hidden">{keyCaps('Mod+Enter', apple).join(' ')}</kbd>
      </Button>
      {outdated && <p className="text-center text-muted text-xs">{t('outdated')}</p>}
    </div>
  )
}

function Running() {
  const { t, format } = useWords()
  const { item, batch, session, do: commands } = useBench()
  const loading = useSelected(progress, (all) => Object.values(all).find(({ phase }) => phase === 'loading-model'))
  const own = useSelected(progress, (all) => all[item?.picture.id ?? ''])
  const now = loading ?? own // a model comes once, and every file of the batch waits for it
  const all = batch && batchProgress(batch, session.items, useNow())
  const many = all && all.total > 1 && !loading
  const part = many ? all.done / all.total : ratio(now)
  return (
    <div className="flex min-w-0 grow items-center gap-3">
      <div className="flex min-w-0 grow flex-col gap-1.5">
        <p className="flex justify-between gap-2 text-sm tabular-nums">
          <span className="truncate">
            {loading
              ? t('modelRunFetching', { done: format.bytes(loading.done), total: format.bytes(loading.total) })
              : many
                ? t('fileOf', { done: Math.min(all.done + 1, all.total), total: all.total })
                : t(`phase_${now?.phase ?? 'waiting'}`)}
          </span>
          <span className="shrink-0 text-muted">
            {many && all.leftMs !== null
              ? t('timeLeft', { time: format.duration(Math.ceil(all.leftMs / SECOND_MS) * SECOND_MS) })
              : part === undefined
                ? ''
                : format.percent(part)}
          </span>
        </p>
        <div
          role="progressbar"
          aria-label={t('progress')}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={part === undefined ? undefined : Math.round(part * 100)}
          className="h-1.5 overflow-hidden rounded-full bg-pressed"
        >
          <div
            className={`h-full rounded-full bg-accent transition-[width] duration-150 ${part === undefined ? 'w-1/4 animate-pulse' : ''}`}
            style={part === undefined ? undefined : { width: `${part * 100}%` }}
          />
        </div>
      </div>
      <Button size="large" onClick={() => commands.stop()}>
        <Square size={14} aria-hidden />
        {t('stop')}
      </Button>
    </div>
  )
}
