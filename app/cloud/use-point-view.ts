'use client'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { PointCloud } from '../../core/cloud'
import { activeView } from './active-view'
import { type Colors, createPointView, type PointView } from './point-view'

interface Shown {
  readonly canvas: RefObject<HTMLCanvasElement | null>
  /** Null until it is made; 'no webgl' where it cannot be. */
  readonly view: PointView | null | 'no webgl'
}

/** Draws a scene of points on a canvas, as large as its parent and in the colours of the theme. */
export function usePointView(cloud: PointCloud): Shown {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [view, setView] = useState<Shown['view']>(null)

  useEffect(() => {
    const element = canvas.current
    const context = element?.getContext('webgl2', { antialias: true })
    if (!element?.parentElement || !context) return setView('no webgl')
    const made = createPointView(element, context, cloud)
    const sized = new ResizeObserver(([{ contentRect }]) => made.resize(contentRect.width, contentRect.height))
    const themed = new MutationObserver(() => made.setColors(themeColors()))
    sized.observe(element.parentElement)
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    made.setColors(themeColors())
    setView(made)
    activeView.set(made)
    return () => {
      activeView.set(null)
      sized.disconnect()
      themed.disconnect()
      made.dispose()
    }
  }, [cloud])

  return { canvas, view }
}

function themeColors(): Colors {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string) => style.getPropertyValue(name)
  return { scene: of('--points'), chosen: of('--accent'), others: of('--points-found') }
}
