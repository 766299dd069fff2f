'use client'
import type { Viewer } from '../canvas/use-viewer'
import { useStore } from '../state/store'
import { brush } from './brush'

interface CursorRingProps {
  viewer: Viewer
  /** In CSS pixels of the canvas. */
  x: number
  y: number
  /** As large as the brush; else a cross, for tools that have no size. */
  round: boolean
}

const LEAST = 6 // CSS pixels: a smaller ring cannot be seen

/** Where the next dab lands, and how large it is. Dark and light, to be seen on any picture. */
export function CursorRing({ viewer, x, y, round }: CursorRingProps) {
  const { scale } = useStore(viewer.view)
  const { size, tool } = useStore(brush)
  const side = round ? Math.max(LEAST, size * scale) : 18
  return (
    <svg
      aria-hidden
      className="pointer-events-none absolute top-0 left-0 overflow-visible"
      width="1"
      height="1"
      style={{ transform: `translate(${x}px, ${y}px)` }}
    >
      {[3, 1.5].map((width) => (
        <g key={width} fill="none" stroke={width > 2 ? '#000' : '#fff'} strokeOpacity={width > 2 ? 0.55 : 1}>
          {round && <circle r={side / 2} strokeWidth={width} strokeDasharray={tool === 'eraser' ? '5 4' : undefined} />}
          <path
            d={round ? 'M-3 0H3M0 -3V3' : `M${-side / 2} 0H${side / 2}M0 ${-side / 2}V${side / 2}`}
            strokeWidth={width}
          />
        </g>
      ))}
    </svg>
  )
}
