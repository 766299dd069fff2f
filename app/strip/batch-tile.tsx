'use client'
import { Check, CircleAlert, CircleStop, RotateCcw, X } from 'lucide-react'
import { memo } from 'react'
import { progress, ratio } from '../run/progress'
import type { BenchCommands } from '../shell/bench'
import type { Item } from '../state/session'
import { useSelected } from '../state/store'
import { useErrorText } from '../text/error-text'
import { useWords } from '../text/words'
import { Thumbnail } from '../ui/thumbnail'

interface BatchTileProps {
  item: Item
  chosen: boolean
  commands: BenchCommands
}

/** One file: its picture, how it stands, and the one thing that can be done about that. */
export const BatchTile = memo(function BatchTile({ item, chosen, commands }: BatchTileProps) {
  const { t } = useWords()
  const errorText = useErrorText()
  const { picture, run } = item
  const state = t(`state_${run.status}`)
  const again = run.status === 'failed' || run.status === 'stopped'
  return (
    <li className="group relative w-20 shrink-0 [content-visibility:auto] [contain-intrinsic-size:5rem_5.5rem]">
      <button
        type="button"
        aria-pressed={chosen}
        aria-label={`${picture.file.name}: ${state}`}
        title={run.status === 'failed' ? errorText(run.failure) : picture.file.name}
        onClick={() => commands.select(picture.id)}
        className={`relative block w-full overflow-hidden rounded-md border-2 ${chosen ? 'border-accent' : 'border-line hover:border-line-strong'}`}
      >
        <Thumbnail file={picture.file} className="h-14 w-full rounded-none" />
        <TileState item={item} />
      </button>
      <p className="mt-0.5 truncate text-[0.6875rem] text-muted leading-4">{picture.file.name}</p>
      <button
        type="button"
        aria-label={t(run.status === 'running' ? 'stopFile' : again ? 'retryFile' : 'removeFile', {
          name: picture.file.name,
        })}
        onClick={() => {
          if (run.status === 'running') commands.stop([picture.id])
          else if (again) commands.runItems([item])
          else commands.removeItem(picture.id)
        }}
        className={`absolute top-0.5 right-0.5 grid size-6 place-items-center rounded bg-surface text-ink transition-opacity duration-150 before:absolute before:-inset-2 before:content-[''] hover:bg-pressed focus-visible:opacity-100 group-hover:opacity-100 ${again ? '' : 'pointer-fine:opacity-0'}`}
      >
        {run.status === 'running' ? (
          <CircleStop size={14} aria-hidden />
        ) : again ? (
          <RotateCcw size={13} aria-hidden />
        ) : (
          <X size={14} aria-hidden />
        )}
      </button>
    </li>
  )
})

function TileState({ item: { picture, run } }: { item: Item }) {
  const part = ratio(useSelected(progress, (all) => all[picture.id]))
  if (run.status === 'running') {
    return (
      <span className="absolute inset-x-0 bottom-0 h-1 bg-pressed">
        <span
          className="block h-full bg-accent transition-[width] duration-150"
          style={{ width: `${(part ?? 0) * 100}%` }}
        />
      </span>
    )
  }
  if (run.status === 'done') {
    return (
      <span className="absolute bottom-1 left-1 grid size-4 place-items-center rounded-full bg-accent text-on-accent">
        <Check size={11} strokeWidth={3} aria-hidden />
      </span>
    )
  }
  if (run.status === 'failed') {
    return (
      <span className="absolute bottom-1 left-1 grid size-4 place-items-center rounded-full bg-surface text-wrong">
        <CircleAlert size={14} aria-hidden />
      </span>
    )
  }
  return null
}
