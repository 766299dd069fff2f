'use client'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useState } from 'react'
import type { PointCloud } from '../../core/cloud'
import { selectedRow } from '../canvas/focused-row'
import { useBench } from '../shell/bench'
import { useStore } from '../state/store'
import { useWords } from '../text/words'
import { type FoundPose, foundPoses, type Stage } from './found-poses'
import { placement } from './placement'
import { SolidBar } from './solid-bar'
import { SolidPanel } from './solid-panel'
import { usePointView } from './use-point-view'

interface SolidViewProps {
  cloud: PointCloud
  model: PointCloud | undefined
  /** Instead, where the browser has no WebGL. */
  fallback: ReactNode
}

const PAN_PIXELS = 60
const PANEL_PIXELS = 310 // at the right, with its margins
const PANEL_SHARE = 0.56 // of the height, on a phone
const SHIFTS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-PAN_PIXELS, 0],
  ArrowRight: [PAN_PIXELS, 0],
  ArrowUp: [0, -PAN_PIXELS],
  ArrowDown: [0, PAN_PIXELS],
}
const NONE: readonly FoundPose[] = []

/** Points in 3D with the found poses, and everything that changes how they are seen. */
export function SolidView({ cloud, model, fallback }: SolidViewProps) {
  const { t } = useWords()
  const { item, result } = useBench()
  const { canvas, view } = usePointView(cloud)
  const [stage, setStage] = useState<Stage>('refined')
  const [open, setOpen] = useState(() => matchMedia('(min-width: 48rem)').matches)
  const help = useId()
  const poses = useMemo(() => (result ? foundPoses(result.data) : NONE), [result])
  const chosen = Math.min(useStore(selectedRow) ?? 0, Math.max(0, poses.length - 1))

  useEffect(() => {
    if (view && view !== 'no webgl' && model) view.setModel(model)
  }, [view, model])

  useEffect(() => {
    if (!view || view === 'no webgl' || !model) return
    const placed = poses.map((pose, i) =>
      placement((i === chosen ? pose.stages[stage] : undefined) ?? pose.matrix, model.origin, cloud.origin),
    )
    view.setPoses(placed, chosen)
  }, [view, poses, chosen, stage, model, cloud])

  useEffect(() => {
    if (!view || view === 'no webgl') return
    const wide = matchMedia('(min-width: 48rem)').matches
    if (!open) view.cover(0, 0)
    else if (wide) view.cover(PANEL_PIXELS / (canvas.current?.clientWidth ?? Infinity), 0)
    else view.cover(0, PANEL_SHARE)
  }, [view, open, canvas])

  const shift = (event: KeyboardEvent) => {
    const by = event.shiftKey ? SHIFTS[event.key] : undefined
    if (!by || !view || view === 'no webgl') return
    event.preventDefault()
    view.pan(...by)
  }

  if (view === 'no webgl') return fallback
  return (
    <>
      <div
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys turn what it shows
        tabIndex={0}
        aria-label={t('solidView', { name: item?.picture.file.name ?? '', points: cloud.count })}
        aria-describedby={help}
        onKeyDown={shift}
        className="absolute inset-0 cursor-grab outline-offset-[-2px] active:cursor-grabbing"
      >
        <canvas ref={canvas} className="size-full touch-none" />
      </div>
      <p id={help} className="sr-only">
        {poses.length > 0 && t('poseShown', { number: chosen + 1, count: poses.length })} {t('solidHelp')}
      </p>
      {view && (
        <>
          <SolidPanel {...{ view, poses, chosen, stage, setStage, open, setOpen }} />
          <SolidBar view={view} cloud={cloud} />
        </>
      )}
    </>
  )
}
