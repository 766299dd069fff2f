'use client'
import { useCallback, useMemo, useState } from 'react'
import type { Size } from '../../core/raster'
import { useIsPainting } from '../mask/use-mask-editor'
import type { Bench } from '../shell/bench'
import { type Scene, sceneOf } from './scene'
import { type SheetLayout, sheetLayout } from './sheet-layout'

interface Shown {
  readonly scene: Scene | null
  /** Null until the pictures have told their sizes. */
  readonly layout: SheetLayout | null
  onSize(key: string, size: Size): void
}

/** What is on the canvas and where. Sizes are known only when the browser has read the pictures. */
export function useScene({ card, session, item, layers }: Bench): Shown {
  const [sizes, setSizes] = useState<Readonly<Record<string, Size>>>({})
  const onSize = useCallback((key: string, size: Size) => setSizes((old) => ({ ...old, [key]: size })), [])
  const isPainting = useIsPainting({ card, item, layers })
  const scene = item ? sceneOf({ card, session, item, layers, isPainting }) : null
  const base = scene?.base ? sizes[scene.base.key] : undefined
  const other = scene?.other ? sizes[scene.other.key] : undefined
  const layout = useMemo(() => (base ? sheetLayout(base, other) : null), [base, other])
  return { scene, layout, onSize }
}
