'use client'
import { useMemo } from 'react'
import { useStore } from '../state/store'
import { useWords } from '../text/words'
import { hoveredRow, selectedRow } from './focused-row'
import { type Pair, pairPath } from './pairs'
import type { SheetLayout } from './sheet-layout'

interface PairLayerProps {
  pairs: readonly Pair[]
  layout: SheetLayout
  opacity: number
}

/** Lines from details of the base to the same details of the other picture; what does not agree is drawn as wrong. */
export function PairLayer({ pairs, layout, opacity }: PairLayerProps) {
  const { t } = useWords()
  const focused = [useStore(hoveredRow), useStore(selectedRow)].flatMap((index) => pairs[index ?? -1] ?? [])
  const lines = useMemo(
    () => ({
      outliers: pairPath(
        pairs.filter(({ inlier }) => !inlier),
        layout,
      ),
      inliers: pairPath(
        pairs.filter(({ inlier }) => inlier),
        layout,
      ),
    }),
    [pairs, layout],
  )
  return (
    <svg
      role="img"
      aria-label={t('pairsDrawn', { count: pairs.length })}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      className="pointer-events-none absolute inset-0 size-full overflow-visible"
      style={{ opacity }}
    >
      <g fill="none" strokeLinecap="round">
        <path
          d={lines.outliers}
          className="stroke-wrong"
          strokeOpacity={0.55}
          strokeWidth={1}
          vectorEffect="non-scaling-stroke"
        />
        <path
          d={lines.inliers}
          stroke="var(--accent)"
          strokeOpacity={0.75}
          strokeWidth={1.25}
          vectorEffect="non-scaling-stroke"
        />
        <path d={pairPath(focused, layout)} stroke="#000" strokeWidth={5} vectorEffect="non-scaling-stroke" />
        <path d={pairPath(focused, layout)} stroke="#fff" strokeWidth={2.5} vectorEffect="non-scaling-stroke" />
      </g>
    </svg>
  )
}
