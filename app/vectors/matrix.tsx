'use client'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react'
import { useWords } from '../text/words'
import { Thumbnail } from '../ui/thumbnail'
import type { Entry } from './entries'
import { paintMatrix } from './paint-matrix'
import type { Comparison } from './use-comparison'
import { useMatrixColours } from './use-matrix-colours'

/** A pair of places in the matrix. */
export interface Cell {
  readonly row: number
  readonly column: number
}

interface MatrixProps {
  entries: readonly Entry[]
  comparison: Comparison
  threshold: number
  cell: Cell | null
  /** What is said of the cell in view. */
  said: string
  onCell: (cell: Cell) => void
}

const MOST_THUMBNAILS = 28 // on a side; more would be too small to see

/** Every pair as a coloured cell. One canvas pixel for each, so that hundreds of results cost no more than a picture. */
export function Matrix({ entries, comparison, threshold, cell, said, onCell }: MatrixProps) {
  const { t } = useWords()
  const canvas = useRef<HTMLCanvasElement>(null)
  const colours = useMatrixColours()
  const { cosines, order, groups } = comparison
  const n = order.length

  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(paintMatrix(cosines, order, threshold, colours), 0, 0)
  }, [cosines, order, threshold, colours])

  const point = ({ clientX, clientY, currentTarget }: PointerEvent) => {
    const box = currentTarget.getBoundingClientRect()
    const place = (at: number, side: number) => Math.min(n - 1, Math.max(0, Math.floor((at / side) * n)))
    const next = { row: place(clientY - box.top, box.height), column: place(clientX - box.left, box.width) }
    if (next.row !== cell?.row || next.column !== cell?.column) onCell(next)
  }
  const press = (event: KeyboardEvent) => {
    const next = moved(cell ?? { row: 0, column: 0 }, event.key, n)
    if (!next) return
    event.preventDefault()
    onCell(next)
  }

  const faces = n <= MOST_THUMBNAILS
  return (
    <div className={`grid ${faces ? 'grid-cols-[auto_minmax(0,1fr)]' : ''} gap-1`}>
      {faces && <span />}
      {faces && <Axis {...{ entries, order }} across chosen={cell?.column} />}
      {faces && <Axis {...{ entries, order }} chosen={cell?.row} />}
      <div
        role="application"
        aria-label={t('vectorsMatrix', { count: n })}
        aria-describedby="vectors-cell"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move in it
        tabIndex={0}
        onKeyDown={press}
        onPointerMove={point}
        onPointerDown={point}
        className="relative aspect-square cursor-crosshair touch-pan-y overflow-hidden rounded-sm"
      >
        <canvas ref={canvas} width={n} height={n} className="absolute inset-0 size-full [image-rendering:pixelated]" />
        <Squares {...{ order, groups }} />
        {cell && <Crosshair cell={cell} n={n} />}
      </div>
      <p id="vectors-cell" className="sr-only" aria-live="polite">
        {said}
      </p>
    </div>
  )
}

const STEPS: Readonly<Record<string, (cell: Cell, n: number) => Cell>> = {
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }, n) => ({ row, column: n - 1 }),
}

function moved(cell: Cell, key: string, n: number): Cell | undefined {
  const next = STEPS[key]?.(cell, n)
  const inside = (place: number) => Math.min(n - 1, Math.max(0, place))
  return next && { row: inside(next.row), column: inside(next.column) }
}

interface AxisProps {
  entries: readonly Entry[]
  order: readonly number[]
  across?: boolean
  chosen: number | undefined
}

function Axis({ entries, order, across = false, chosen }: AxisProps) {
  return (
    // Pictures within, so that the matrix alone decides how long it is.
    <div className={`relative ${across ? 'h-9 max-md:h-6' : 'w-9 max-md:w-6'}`} aria-hidden>
      <div className={`absolute inset-0 flex gap-px ${across ? '' : 'flex-col'}`}>
        {order.map((member, place) => (
          <Face key={entries[member].id} entry={entries[member]} chosen={place === chosen} />
        ))}
      </div>
    </div>
  )
}

function Face({ entry: { file }, chosen }: { entry: Entry; chosen: boolean }) {
  const look = `min-h-0 min-w-0 flex-1 rounded-xs ${chosen ? 'outline-2 outline-accent' : ''}`
  return file ? <Thumbnail file={file} className={look} /> : <span className={`bg-pressed ${look}`} />
}

/** Each group is a square on the diagonal, where its members lie together. */
function Squares({ order, groups }: Pick<Comparison, 'order' | 'groups'>) {
  const n = order.length
  return groups.map((group) => {
    const first = order.indexOf(group[0])
    const together = group.every((member, index) => order[first + index] === member)
    if (!together) return null
    const [at, side] = [`${(first / n) * 100}%`, `${(group.length / n) * 100}%`]
    return (
      <span
        key={group[0]}
        className="pointer-events-none absolute border-2 border-ink"
        style={{ left: at, top: at, width: side, height: side }}
      />
    )
  })
}

function Crosshair({ cell: { row, column }, n }: { cell: Cell; n: number }) {
  const [top, left, side] = [`${(row / n) * 100}%`, `${(column / n) * 100}%`, `${100 / n}%`]
  const bar = 'pointer-events-none absolute bg-ink/12'
  return (
    <>
      <span className={bar} style={{ top, height: side, left: 0, right: 0 }} />
      <span className={bar} style={{ left, width: side, top: 0, bottom: 0 }} />
      <span
        className="pointer-events-none absolute outline-2 outline-ink"
        style={{ top, left, width: side, height: side }}
      />
    </>
  )
}
