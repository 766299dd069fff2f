'use client'
import { type PointerEvent, useState } from 'react'
import type { Size } from '../../core/raster'
import { useBench } from '../shell/bench'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { crop } from './crop'
import type { Viewer } from './use-viewer'
import { marked, type Point } from './view-transform'

interface MarkLayerProps {
  viewer: Viewer
  size: Size
  /** The slot that gets what is marked. */
  slot: string
}

/** Lies over the canvas while a part of the picture is being marked, to be used as another input. */
export function MarkLayer({ viewer, size, slot }: MarkLayerProps) {
  const { t } = useWords()
  const { item, do: commands } = useBench()
  const [drag, setDrag] = useState<{ from: Point; to: Point } | null>(null)

  const point = (event: PointerEvent<HTMLElement>): Point => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const finish = async () => {
    const box = drag && marked(viewer.view.get(), drag.from, drag.to, size)
    setDrag(null)
    if (!box || !item) return
    commands.mark(null)
    try {
      commands.give([await crop(item.picture.file, box, `${slot}.png`)], slot)
    } catch {
      toast({ text: t('markFailed'), wrong: true })
    }
  }

  return (
    <div
      className="absolute inset-0 cursor-crosshair touch-none"
      onPointerDown={(event) => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrag({ from: point(event), to: point(event) })
      }}
      onPointerMove={(event) => drag && setDrag({ ...drag, to: point(event) })}
      onPointerUp={finish}
      onPointerCancel={() => setDrag(null)}
    >
      {drag && (
        <div
          className="absolute border-2 border-accent bg-accent/20 outline outline-[black]/60"
          style={{
            left: Math.min(drag.from.x, drag.to.x),
            top: Math.min(drag.from.y, drag.to.y),
            width: Math.abs(drag.to.x - drag.from.x),
            height: Math.abs(drag.to.y - drag.from.y),
          }}
        />
      )}
    </div>
  )
}
