'use client'
import { type PointerEvent, type RefObject, useCallback, useRef, useState } from 'react'
import type { Change } from '../../core/mask/draft'
import { emptyMask } from '../../core/mask/mask'
import { type Corner, polygonShape, rectangleShape } from '../../core/mask/shapes'
import { maskWork } from '../../workers/mask-client'
import type { Viewer } from '../canvas/use-viewer'
import { type Brush, brush } from './brush'
import type { Overlay } from './overlay'
import { Stroke } from './stroke'
import type { MaskEditor } from './use-mask-editor'

export type PointerHandlers = Readonly<
  Record<
    'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel',
    (event: PointerEvent<HTMLElement>) => void
  >
>

interface Painting {
  readonly editor: MaskEditor
  readonly viewer: Viewer
  readonly overlay: RefObject<Overlay | null>
  /** What moves the picture: two fingers, the middle button, Space or the hand. */
  readonly gestures: PointerHandlers
  readonly isSpaceDown: RefObject<boolean>
  readonly onFail: () => void
}

/** What is going on between a press and its end. */
type Action =
  | { readonly kind: 'stroke'; readonly stroke: Stroke }
  | {
      readonly kind: 'outline'
      readonly tool: 'lasso' | 'rectangle'
      readonly change: Change
      readonly corners: Corner[]
    }
  | null

const ERASER_BUTTON = 5 // the other end of a pen
const LIGHTEST = 0.15 // of the size that a pen draws which hardly touches
const LEAST = 1 // pixels: a smaller rectangle is a click

/** Turns presses, moves and fingers into changes of the mask, or hands them on to what moves the picture. */
export function usePainting({ editor, viewer, overlay, gestures, isSpaceDown, onFail }: Painting) {
  const action = useRef<Action>(null)
  const fingers = useRef(new Map<number, PointerEvent<HTMLElement>>())
  const moving = useRef(false)
  const frame = useRef(0)
  const [outline, setOutline] = useState<readonly Corner[] | null>(null)

  const place = ({ clientX, clientY }: Pick<MouseEvent, 'clientX' | 'clientY'>): Corner => {
    const corner = viewer.frame.current?.getBoundingClientRect()
    const { x, y, scale } = viewer.view.get()
    return [(clientX - (corner?.left ?? 0) - x) / scale, (clientY - (corner?.top ?? 0) - y) / scale]
  }
  const dab = (event: Pick<globalThis.PointerEvent, 'clientX' | 'clientY' | 'pressure' | 'pointerType'>) => {
    const [x, y] = place(event)
    const { size, pressure } = brush.get()
    const part = pressure && event.pointerType === 'pen' ? LIGHTEST + (1 - LIGHTEST) * event.pressure : 1
    return { x, y, radius: (size / 2) * part }
  }

  const advance = () => {
    if (action.current?.kind !== 'stroke') return
    const changed = action.current.stroke.advance()
    if (!changed) return
    overlay.current?.touch(action.current.stroke.tiles, changed)
    overlay.current?.draw(viewer.view.get(), changed)
  }
  const soon = () => {
    cancelAnimationFrame(frame.current)
    frame.current = requestAnimationFrame(advance)
  }

  const drop = () => {
    action.current = null
    setOutline(null)
    overlay.current?.show(editor.mask?.tiles ?? new Map())
    overlay.current?.draw(viewer.view.get())
  }

  const begin = (event: PointerEvent<HTMLElement>, { tool, hardness, removes }: Brush) => {
    if (!editor.size) return
    const erases = tool === 'eraser' || event.button === ERASER_BUTTON || (tool !== 'brush' && removes)
    const change: Change = erases !== event.altKey ? 'remove' : 'add'
    const [x, y] = place(event)
    if (tool === 'wand') {
      const { tolerance, contiguous } = brush.get()
      const at = { x: Math.floor(x), y: Math.floor(y) }
      editor.add(() => maskWork.flood(editor.file, editor.id, at, { tolerance, contiguous }), change).catch(onFail)
    } else if (tool === 'lasso' || tool === 'rectangle') {
      action.current = { kind: 'outline', tool, change, corners: [[x, y]] }
    } else {
      const stroke = new Stroke(editor.mask ?? emptyMask(editor.size), hardness, change)
      stroke.note(dab(event.nativeEvent))
      action.current = { kind: 'stroke', stroke }
      soon()
    }
  }

  const go = (event: PointerEvent<HTMLElement>) => {
    const now = action.current
    if (now?.kind === 'stroke') {
      const all = event.nativeEvent.getCoalescedEvents?.() ?? []
      for (const one of all.length > 0 ? all : [event.nativeEvent]) now.stroke.note(dab(one))
      soon()
    } else if (now?.kind === 'outline') {
      const to = place(event)
      if (now.tool === 'lasso') now.corners.push(to)
      else now.corners.splice(1, 1, to)
      setOutline(now.tool === 'lasso' ? [...now.corners] : rectangle(now.corners))
    }
  }

  const finish = () => {
    const now = action.current
    if (now?.kind === 'stroke') {
      cancelAnimationFrame(frame.current)
      advance()
      editor.change(now.stroke.finish())
    } else if (now?.kind === 'outline') {
      const corners = now.tool === 'lasso' ? now.corners : rectangle(now.corners)
      const shape = now.tool === 'lasso' ? polygonShape(corners) : rectangleShape(wholePixels(corners))
      if (corners.length > 2 && shape.region.w >= LEAST && shape.region.h >= LEAST) editor.lay(shape, now.change)
      setOutline(null)
    }
    action.current = null
  }

  const handlers: PointerHandlers = {
    onPointerDown: (event) => {
      event.stopPropagation()
      if (event.pointerType === 'touch') fingers.current.set(event.pointerId, event)
      if (fingers.current.size === 2 && !moving.current) {
        drop()
        moving.current = true
        for (const finger of fingers.current.values()) gestures.onPointerDown(finger)
        return
      }
      const { tool } = brush.get()
      if (
        !moving.current &&
        action.current === null &&
        (event.button === 1 || isSpaceDown.current || tool === 'hand')
      ) {
        moving.current = true
      }
      if (moving.current) return gestures.onPointerDown(event)
      const paints = event.button === 0 || event.button === ERASER_BUTTON
      if (!paints || action.current || editor.isWorking) return
      event.currentTarget.setPointerCapture(event.pointerId)
      begin(event, brush.get())
    },
    onPointerMove: (event) => {
      event.stopPropagation()
      if (fingers.current.has(event.pointerId)) fingers.current.set(event.pointerId, event)
      if (moving.current) gestures.onPointerMove(event)
      else go(event)
    },
    onPointerUp: (event) => {
      event.stopPropagation()
      fingers.current.delete(event.pointerId)
      if (moving.current) gestures.onPointerUp(event)
      else finish()
      if (fingers.current.size === 0) moving.current = false
    },
    onPointerCancel: (event) => {
      event.stopPropagation()
      fingers.current.delete(event.pointerId)
      gestures.onPointerCancel(event)
      drop()
      if (fingers.current.size === 0) moving.current = false
    },
  }
  const isPainting = useCallback(() => action.current !== null, [])
  return { handlers, outline, drop, isPainting }
}

function rectangle([[ax, ay], [bx, by] = [ax, ay]]: readonly Corner[]): Corner[] {
  return [
    [ax, ay],
    [bx, ay],
    [bx, by],
    [ax, by],
  ]
}

function wholePixels([[ax, ay], , [bx, by]]: readonly Corner[]) {
  const [x, y] = [Math.round(Math.min(ax, bx)), Math.round(Math.min(ay, by))]
  return { x, y, w: Math.round(Math.max(ax, bx)) - x, h: Math.round(Math.max(ay, by)) - y }
}
