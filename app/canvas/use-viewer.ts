'use client'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { Size } from '../../core/raster'
import { createStore, type Store } from '../state/store'
import { centred, centreOn, fit, keepInSight, type Point, pan, sees, type View, zoomAt } from './view-transform'

export interface Viewer {
  readonly view: Store<View>
  readonly frame: RefObject<HTMLDivElement | null>
  readonly sheet: RefObject<HTMLDivElement | null>
  fit(): void
  actualSize(): void
  /** Around `point` of the frame, or its middle. */
  zoom(factor: number, point?: Point): void
  pan(dx: number, dy: number): void
  /** Brings a rectangle of the picture into the frame if it is not there. */
  reveal(box: Point & { w: number; h: number }): void
}

const CRISP_FROM = 2 // from this scale on, pixels are shown as squares
const GRID_FROM = 16

/** The view lives outside React and moves the sheet by itself: panning must not draw the page again. */
export function useViewer(picture: Size | null): Viewer {
  const frame = useRef<HTMLDivElement>(null)
  const sheet = useRef<HTMLDivElement>(null)
  const fitted = useRef(true)
  const view = useMemo(() => createStore<View>({ scale: 1, x: 0, y: 0 }), [])

  const change = useCallback(
    (next: (view: View, frame: Size) => View, glide: boolean) => {
      if (!picture || !frame.current) return
      const room = { width: frame.current.clientWidth, height: frame.current.clientHeight }
      sheet.current?.toggleAttribute('data-glide', glide)
      view.set(keepInSight(next(view.get(), room), picture, room))
    },
    [picture, view],
  )

  const viewer = useMemo<Viewer>(() => {
    const move = (next: (view: View, frame: Size) => View, glide: boolean) => {
      fitted.current = false
      change(next, glide)
    }
    const middle = ({ width, height }: Size) => ({ x: width / 2, y: height / 2 })
    return {
      ...{ view, frame, sheet },
      fit: () => {
        fitted.current = true
        change((_, room) => (picture ? fit(picture, room) : _), true)
      },
      actualSize: () => move((_, room) => (picture ? centred(1, picture, room) : _), true),
      zoom: (factor, point) => move((now, room) => zoomAt(now, factor, point ?? middle(room)), !point),
      pan: (dx, dy) => move((now) => pan(now, dx, dy), false),
      reveal: (box) => move((now, room) => (sees(now, box, room) ? now : centreOn(now, box, room)), true),
    }
  }, [change, picture, view])

  useLayoutEffect(() => {
    const draw = () => sheet.current && place(sheet.current, view.get())
    draw()
    return view.subscribe(draw)
  }, [view])

  // A new picture is fitted; after that it stays fitted while the frame changes, until the user moves it.
  useEffect(() => {
    fitted.current = true
    const settle = () => change((now, room) => (fitted.current && picture ? fit(picture, room) : now), false)
    const observer = new ResizeObserver(settle)
    if (frame.current) observer.observe(frame.current)
    return () => observer.disconnect()
  }, [change, picture])

  return viewer
}

function place(sheet: HTMLElement, { scale, x, y }: View): void {
  sheet.style.transform = `translate(${x}px, ${y}px) scale(${scale})`
  sheet.style.setProperty('--scale', String(scale))
  sheet.style.setProperty('--inverse', String(1 / scale))
  sheet.toggleAttribute('data-crisp', scale >= CRISP_FROM)
  sheet.toggleAttribute('data-grid', scale >= GRID_FROM)
}
