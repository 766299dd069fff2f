'use client'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useWords } from '../text/words'
import { cornersOf, type EditQuad } from './edits'

interface QuadMarkProps {
  quad: EditQuad & { readonly covered?: boolean }
  label: string
  selected: boolean
  onGrab: (event: PointerEvent<Element>, corner?: number) => void
  onKey: (event: KeyboardEvent<Element>, corner?: number) => void
  onSelect: () => void
}

const FREE = '#9aa3ad'
const ACCENT = 'var(--accent)'

/** One quad with its score; the selected one has handles on its corners. */
export function QuadMark({ quad, label, selected, onGrab, onKey, onSelect }: QuadMarkProps) {
  const { t, format } = useWords()
  const corners = cornersOf(quad)
  const points = corners.map((corner) => corner.join(',')).join(' ')
  const color = quad.covered === false ? FREE : ACCENT
  const [x, y] = corners.reduce((top, corner) => (corner[1] < top[1] ? corner : top))
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: SVG has no buttons */}
      <polygon
        role="button"
        tabIndex={0}
        aria-label={label}
        aria-pressed={selected}
        points={points}
        fill={color}
        fillOpacity={selected ? 0.28 : 0.1}
        stroke={selected ? '#fff' : color}
        strokeWidth={selected ? 2.5 : 2}
        strokeDasharray={quad.covered === false ? '6 4' : undefined}
        vectorEffect="non-scaling-stroke"
        className="cursor-move outline-none [filter:drop-shadow(0_0_1px_#000)]"
        onPointerDown={onGrab}
        onFocus={onSelect}
        onKeyDown={onKey}
      />
      {selected &&
        corners.map(([cx, cy], i) => (
          <g key={cornerNames[i]} transform={`translate(${cx} ${cy})`}>
            {/* biome-ignore lint/a11y/useSemanticElements: SVG has no buttons */}
            <circle
              role="button"
              tabIndex={0}
              aria-label={t('reviewCorner', { number: i + 1 })}
              r={8}
              fill="#fff"
              fillOpacity={0.9}
              stroke="#1d1204"
              strokeWidth={2}
              className="keeps-size cursor-crosshair focus-visible:fill-accent"
              onPointerDown={(event) => onGrab(event, i)}
              onKeyDown={(event) => onKey(event, i)}
            />
          </g>
        ))}
      <g transform={`translate(${x} ${y})`} pointerEvents="none">
        <g className="keeps-size">
          <rect
            x={-2}
            y={-24}
            width={quad.score === null ? 22 : 36}
            height={18}
            rx={3}
            fill={selected ? '#fff' : color}
          />
          <text
            x={quad.score === null ? 9 : 16}
            y={-11}
            textAnchor="middle"
            fontSize={11}
            fontWeight={600}
            fill="#1d1204"
            className="tabular-nums"
          >
            {quad.score === null ? '✎' : format.fixed(quad.score, 2)}
          </text>
        </g>
      </g>
    </>
  )
}

const cornerNames = ['top-left', 'top-right', 'bottom-right', 'bottom-left'] as const
