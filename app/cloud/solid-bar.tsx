'use client'
import { Maximize, Minus, Plus } from 'lucide-react'
import type { PointCloud } from '../../core/cloud'
import { useWords } from '../text/words'
import { IconButton } from '../ui/icon-button'
import type { PointView } from './point-view'

const STEP = 1.4

export function SolidBar({ view, cloud: { count, total } }: { view: PointView; cloud: PointCloud }) {
  const { t } = useWords()
  return (
    <div className="absolute bottom-3 left-3 flex items-center gap-0.5 rounded-lg border border-line bg-surface p-0.5 shadow-lift max-md:bottom-2 max-md:left-2">
      <IconButton small label={t('zoomOut')} onClick={() => view.zoom(1 / STEP)}>
        <Minus size={16} aria-hidden />
      </IconButton>
      <IconButton small label={t('zoomIn')} onClick={() => view.zoom(STEP)}>
        <Plus size={16} aria-hidden />
      </IconButton>
      <IconButton small label={t('zoomFitSolid')} onClick={() => view.fit()}>
        <Maximize size={15} aria-hidden />
      </IconButton>
      <span className="border-line border-l px-2.5 text-muted text-xs tabular-nums">
        {count < total ? t('pointsShown', { shown: count, total }) : t('points', { count })}
      </span>
    </div>
  )
}
