'use client'
import { type PointerEvent, useEffect, useRef } from 'react'
import type { Viewer } from './use-viewer'
import type { Point } from './view-transform'

const LINE_PIXELS = 16 // for wheels that count in lines
const WHEEL_SPEED = 0.0016
const PINCH_SPEED = 0.01 // a trackpad pinch comes as a wheel with Ctrl, in small steps
const CLICK_PIXELS = 4 // less movement than this is a click

/** Wheel and pinch zoom around the pointer; dragging with any button or one finger pans. */
export function useGestures(viewer: Viewer) {
  const pointers = useRef(new Map<number, Point>())
  const travelled = useRef(0)

  // React listens to wheels passively, and a passive listener cannot keep the page from zooming.
  useEffect(() => {
    const frame = viewer.frame.current
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1)
      const factor = Math.exp(-pixels * (event.ctrlKey ? PINCH_SPEED : WHEEL_SPEED))
      if (event.shiftKey) viewer.pan(-(event.deltaX || pixels), 0)
      else viewer.zoom(factor, within(frame, event))
    }
    frame?.addEventListener('wheel', onWheel, { passive: false })
    return () => frame?.removeEventListener('wheel', onWheel)
  }, [viewer])

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button === 2) return
    if (pointers.current.size === 0) travelled.current = 0
    pointers.current.set(event.pointerId, within(viewer.frame.current, event))
  }

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const before = pointers.current.get(event.pointerId)
    if (!before) return
    const now = within(viewer.frame.current, event)
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1]
    travelled.current += Math.hypot(now.x - before.x, now.y - before.y)
    if (travelled.current > CLICK_PIXELS) event.currentTarget.setPointerCapture(event.pointerId)
    if (other) viewer.zoom(distance(now, other) / Math.max(1, distance(before, other)), between(now, other))
    const share = other ? 0.5 : 1 // the middle of two fingers moves half as far as one of them
    viewer.pan((now.x - before.x) * share, (now.y - before.y) * share)
    pointers.current.set(event.pointerId, now)
  }

  const onPointerEnd = (event: PointerEvent<HTMLElement>) => void pointers.current.delete(event.pointerId)

  return {
    /** Whether what just ended was a drag, so that the click after it means nothing. */
    wasDrag: () => travelled.current > CLICK_PIXELS,
    handlers: { onPointerDown, onPointerMove, onPointerUp: onPointerEnd, onPointerCancel: onPointerEnd },
  }
}

function within(frame: HTMLElement | null, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  const corner = frame?.getBoundingClientRect()
  return { x: clientX - (corner?.left ?? 0), y: clientY - (corner?.top ?? 0) }
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)
const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
