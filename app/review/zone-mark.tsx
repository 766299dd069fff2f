'use client'
import type { Size } from '../../core/raster'
import type { Zone } from './edits'

interface ZoneMarkProps {
  zone: Zone
  size: Size
  label: string
  selected: boolean
  onSelect: () => void
  onRemove: () => void
}

/** A part of the picture in which nothing is covered. */
export function ZoneMark({ zone, size, label, selected, onSelect, onRemove }: ZoneMarkProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no buttons
    <rect
      role="button"
      tabIndex={0}
      aria-label={label}
      aria-pressed={selected}
      x={zone.x * size.width}
      y={zone.y * size.height}
      width={zone.w * size.width}
      height={zone.h * size.height}
      fill="#5aa9e6"
      fillOpacity={selected ? 0.25 : 0.12}
      stroke={selected ? '#fff' : '#5aa9e6'}
      strokeWidth={2}
      strokeDasharray="8 5"
      vectorEffect="non-scaling-stroke"
      className="cursor-pointer outline-none"
      onPointerDown={(event) => event.stopPropagation()}
      onClick={onSelect}
      onFocus={onSelect}
      onKeyDown={(event) => {
        if (event.key !== 'Delete' && event.key !== 'Backspace') return
        event.preventDefault()
        event.stopPropagation()
        onRemove()
      }}
    >
      <title>{label}</title>
    </rect>
  )
}
