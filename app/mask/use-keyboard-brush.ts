'use client'
import { type KeyboardEvent, useRef } from 'react'
import { type Corner, rectangleShape, strokeShape } from '../../core/mask/shapes'
import type { Size } from '../../core/raster'
import { maskWork } from '../../workers/mask-client'
import type { Viewer } from '../canvas/use-viewer'
import { announcement } from '../state/toasts'
import { useWords } from '../text/words'
import { brush } from './brush'
import type { MaskEditor } from './use-mask-editor'

interface KeyboardBrush {
  readonly editor: MaskEditor
  readonly viewer: Viewer
  readonly size: Size
  readonly onFail: () => void
  /** Where the cursor is now, in CSS pixels of the canvas. */
  readonly onMove: (place: { readonly x: number; readonly y: number }) => void
}

const ARROWS: Readonly<Record<string, Corner>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
const LEAP = 10 // CSS pixels for an arrow key; with Shift one pixel of the picture

/** Arrows move a cursor; Enter uses the tool there, Shift and Enter draws a line from the place before. */
export function useKeyboardBrush({ editor, viewer, size, onFail, onMove }: KeyboardBrush) {
  const { t } = useWords()
  const at = useRef<Corner>([size.width / 2, size.height / 2])
  const before = useRef<Corner>(null)

  const move = ([dx, dy]: Corner, isFine: boolean) => {
    const { scale, x, y } = viewer.view.get()
    const step = isFine ? 1 : Math.max(1, LEAP / scale)
    const within = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)))
    const next: Corner = [within(at.current[0] + dx * step, size.width), within(at.current[1] + dy * step, size.height)]
    at.current = next
    viewer.reveal({ x: next[0], y: next[1], w: 1, h: 1 })
    onMove({ x: next[0] * scale + x, y: next[1] * scale + y })
    announcement.set(t('maskCursorAt', { x: next[0], y: next[1] }))
  }

  const use = (drawsLine: boolean) => {
    const { tool, size: diameter, hardness, removes, tolerance, contiguous } = brush.get()
    const [x, y] = at.current
    const change = tool === 'eraser' || (tool !== 'brush' && removes) ? 'remove' : 'add'
    const from = before.current
    if (tool === 'wand') {
      const options = { tolerance, contiguous }
      editor.add(() => maskWork.flood(editor.file, editor.id, { x, y }, options), change).catch(onFail)
    } else if (tool === 'rectangle') {
      before.current = from ? null : [x, y]
      announcement.set(t(from ? 'maskChanged' : 'maskCornerSet'))
      if (from) editor.lay(rectangleShape(between(from, [x, y])), change)
    } else if (tool === 'brush' || tool === 'eraser') {
      const radius = diameter / 2
      const start = drawsLine && from ? from : at.current
      before.current = [x, y]
      editor.lay(strokeShape({ x: start[0], y: start[1], radius }, { x, y, radius }, hardness), change)
      announcement.set(t('maskChanged'))
    }
  }

  return (event: KeyboardEvent<HTMLElement>) => {
    const arrow = ARROWS[event.key]
    if (arrow) move(arrow, event.shiftKey)
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) use(event.shiftKey)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}

const between = ([ax, ay]: Corner, [bx, by]: Corner) => ({
  x: Math.min(ax, bx),
  y: Math.min(ay, by),
  w: Math.abs(bx - ax),
  h: Math.abs(by - ay),
})
