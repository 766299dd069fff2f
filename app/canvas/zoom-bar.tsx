'use client'
import { Maximize, Minus, Plus } from 'lucide-react'
import type { Size } from '../../core/raster'
import { useStore } from '../state/store'
import { useWords } from '../text/words'
import { IconButton } from '../ui/icon-button'
import type { Viewer } from './use-viewer'

const STEP = 1.4

interface ZoomBarProps {
  viewer: Viewer
  size: Size
  /** On a phone something else is at the foot of the canvas; two fingers zoom as well. */
  isInTheWay: boolean
}

export function ZoomBar({ viewer, size, isInTheWay }: ZoomBarProps) {
  const { t, format } = useWords()
  const { scale } = useStore(viewer.view)
  return (
    <div
      className={`absolute bottom-3 left-3 flex items-center gap-0.5 rounded-lg border border-line bg-surface p-0.5 shadow-lift max-md:bottom-2 max-md:left-2 ${isInTheWay ? 'max-md:hidden' : ''}`}
    >
      <IconButton small label={t('zoomOut')} onClick={() => viewer.zoom(1 / STEP)} className="max-md:hidden">
        <Minus size={16} aria-hidden />
      </IconButton>
      <button
        type="button"
        title={t('zoomActual')}
        onClick={() => viewer.actualSize()}
        className="h-7 w-14 rounded-md text-center text-ink text-xs tabular-nums hover:bg-raised max-md:h-11"
      >
        {format.percent(scale)}
      </button>
      <IconButton small label={t('zoomIn')} onClick={() => viewer.zoom(STEP)} className="max-md:hidden">
        <Plus size={16} aria-hidden />
      </IconButton>
      <IconButton small label={t('zoomFit')} onClick={() => viewer.fit()}>
        <Maximize size={15} aria-hidden />
      </IconButton>
      <span className="border-line border-l px-2.5 text-muted text-xs tabular-nums">
        {size.width} × {size.height}
      </span>
    </div>
  )
}
