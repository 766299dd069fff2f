'use client'
import type { Corner } from '../../core/mask/shapes'
import type { Viewer } from '../canvas/use-viewer'
import { useStore } from '../state/store'

interface OutlineProps {
  viewer: Viewer
  /** In pixels of the picture. */
  corners: readonly Corner[]
}

/** The line of a lasso or rectangle that is being drawn. */
export function Outline({ viewer, corners }: OutlineProps) {
  const { x, y, scale } = useStore(viewer.view)
  const points = corners.map(([px, py]) => `${px * scale + x},${py * scale + y}`).join(' ')
  return (
    <svg aria-hidden className="pointer-events-none absolute inset-0 size-full">
      <polygon points={points} fill="#fff" fillOpacity={0.12} stroke="#000" strokeWidth={3} strokeOpacity={0.55} />
      <polygon points={points} fill="none" stroke="#fff" strokeWidth={1.5} strokeDasharray="6 4" />
    </svg>
  )
}
