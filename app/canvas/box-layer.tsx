'use client'
import { type CSSProperties, memo } from 'react'
import type { Size } from '../../core/raster'
import { useStore } from '../state/store'
import { useWords } from '../text/words'
import type { Box } from './boxes'
import { hoveredRow, selectedRow } from './focused-row'

interface BoxLayerProps {
  boxes: readonly Box[]
  size: Size
  opacity: number
  wasDrag: () => boolean
}

const LABELLED = 60 // with more boxes than this, labels would hide the picture
const LETTER = 6.1 // pixels; about what a letter of a label takes, which is fitted to it

export function BoxLayer({ boxes, size: { width, height }, opacity, wasDrag }: BoxLayerProps) {
  const { t } = useWords()
  const hovered = useStore(hoveredRow)
  const selected = useStore(selectedRow)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the rows of the result table do the same by keyboard
    <svg
      role="img"
      aria-label={t('boxesDrawn', { count: boxes.length })}
      viewBox={`0 0 ${width} ${height}`}
      className="absolute inset-0 size-full overflow-visible"
      style={{ opacity }}
      onClick={({ target }) => {
        const index = target instanceof Element ? target.closest('[data-box]')?.getAttribute('data-box') : null
        if (!wasDrag()) selectedRow.set(index ? Number(index) : null)
      }}
    >
      {largestFirst(boxes).map(({ box, index }) => (
        <BoxMark
          key={index}
          {...{ box, index }}
          lit={index === hovered}
          chosen={index === selected}
          labelled={boxes.length <= LABELLED || index === hovered || index === selected}
        />
      ))}
    </svg>
  )
}

/** What lies in another one stays within reach. */
const largestFirst = (boxes: readonly Box[]) =>
  boxes.map((box, index) => ({ box, index })).sort((one, other) => other.box.w * other.box.h - one.box.w * one.box.h)

interface BoxMarkProps {
  box: Box
  index: number
  lit: boolean
  chosen: boolean
  labelled: boolean
}

const BoxMark = memo(function BoxMark({
  box: { x, y, w, h, score, name },
  index,
  lit,
  chosen,
  labelled,
}: BoxMarkProps) {
  const { format } = useWords()
  const label = score === undefined ? '' : [...(name ? [name] : []), format.fixed(score, 2)].join(' ')
  const wide = label.length * LETTER + 8
  return (
    <g
      data-box={index}
      onPointerEnter={() => hoveredRow.set(index)}
      onPointerLeave={() => hoveredRow.set(null)}
      className={chosen ? 'text-ink' : 'text-accent'}
    >
      <rect
        {...{ x, y }}
        width={w}
        height={h}
        fill="none"
        stroke="#000"
        strokeOpacity={0.55}
        style={onScreen(lit || chosen ? 5.5 : 4)}
      />
      <rect
        {...{ x, y }}
        width={w}
        height={h}
        fill={chosen || lit ? 'var(--accent)' : 'transparent'}
        fillOpacity={0.22}
        stroke={chosen ? '#fff' : 'var(--accent)'}
        style={onScreen(lit || chosen ? 3 : 2)}
        pointerEvents="all"
      />
      {labelled && label && (
        <g transform={`translate(${x} ${y})`} pointerEvents="none">
          <g
            className={`keeps-size ${lit || chosen ? '' : 'hides-when-small'}`}
            style={{ '--box-width': w } as CSSProperties}
          >
            <rect x={-1} y={-19} width={wide} height={17} rx={3} fill={chosen ? '#fff' : 'var(--accent)'} />
            <text
              x={3}
              y={-6.5}
              textLength={wide - 8}
              lengthAdjust="spacingAndGlyphs"
              fontSize={11}
              fontWeight={600}
              fill="#1d1204"
              className="tabular-nums"
            >
              {label}
            </text>
          </g>
        </g>
      )}
    </g>
  )
})

/** A line this many pixels wide on the screen: the zoom is a transform of the sheet, which `vector-effect` does not see. */
const onScreen = (pixels: number): CSSProperties => ({ strokeWidth: `calc(${pixels}px * var(--inverse, 1))` })
