'use client'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useWords } from '../text/words'

const STEP = 0.01
const LEAP = 0.1

/** Where the edge goes with a key; null for any other key. */
function moved(share: number, { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): number | null {
  const step = shiftKey ? LEAP : STEP
  const next: Readonly<Record<string, number>> = {
    ArrowLeft: share - step,
    ArrowDown: share - step,
    ArrowRight: share + step,
    ArrowUp: share + step,
    PageDown: share - LEAP,
    PageUp: share + LEAP,
    Home: 0,
    End: 1,
  }
  return key in next ? Math.min(1, Math.max(0, next[key])) : null
}

interface WipeEdgeProps {
  /** Where it is, as a share of the width. */
  share: number
  onMove: (share: number) => void
  /** What is on either side, where that needs saying. */
  before?: string
  after?: string
}

/** The edge between two pictures that lie on each other: drag it, or move it with the keys. */
export function WipeEdge({ share, onMove, before, after }: WipeEdgeProps) {
  const { t, format } = useWords()

  const follow = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const sheet = event.currentTarget.parentElement?.getBoundingClientRect()
    if (sheet) onMove(Math.min(1, Math.max(0, (event.clientX - sheet.left) / sheet.width)))
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t('compareEdge')}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={format.percent(share)}
      className="compare-edge"
      style={{ left: `${share * 100}%` }}
      onKeyDown={(event) => {
        const next = moved(share, event)
        if (next === null) return
        event.preventDefault()
        onMove(next)
      }}
      onPointerDown={(event) => {
        event.stopPropagation() // else the picture would move with it
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={follow}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <span className="compare-line" />
      <span className="compare-knob">
        <ChevronLeft size={14} strokeWidth={2.5} aria-hidden />
        <ChevronRight size={14} strokeWidth={2.5} aria-hidden />
      </span>
      {before && (
        <span className="compare-side" data-side="before">
          {before}
        </span>
      )}
      {after && (
        <span className="compare-side" data-side="after">
          {after}
        </span>
      )}
    </div>
  )
}
