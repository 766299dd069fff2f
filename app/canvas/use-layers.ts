'use client'
import { useMemo, useState } from 'react'
import type { LayerSpec } from '../../core/operator'

export interface Layer {
  readonly spec: LayerSpec
  readonly visible: boolean
  /** 0..1 */
  readonly opacity: number
}

export interface Layers {
  readonly all: readonly Layer[]
  /** While held, only the picture itself is shown. */
  readonly original: boolean
  /** The result picture to show in place of the input, by file name. */
  readonly picture: string | null
  /** Two pictures lie on each other instead of side by side. */
  readonly laidOver: boolean
  /** How much of the upper picture is shown, from the left: 0..1. */
  readonly wipe: number
  holdOriginal(held: boolean): void
  showPicture(name: string | null): void
  layOver(over: boolean): void
  wipeTo(share: number): void
  change(title: string, next: Partial<Pick<Layer, 'visible' | 'opacity'>>): void
}

/** What is drawn over the picture, bottom first, and how strongly. */
export function useLayers(specs: readonly LayerSpec[]): Layers {
  const [changes, setChanges] = useState<Readonly<Record<string, Partial<Layer>>>>({})
  const [original, holdOriginal] = useState(false)
  const [picture, showPicture] = useState<string | null>(null)
  const [laidOver, layOver] = useState(false)
  const [wipe, wipeTo] = useState(0.5)
  return useMemo(
    () => ({
      all: specs.map((spec) => ({ ...initially(spec), ...changes[spec.title], spec })),
      ...{ original, holdOriginal, picture, showPicture, laidOver, layOver, wipe, wipeTo },
      change: (title, next) => setChanges((old) => ({ ...old, [title]: { ...old[title], ...next } })),
    }),
    [specs, changes, original, picture, laidOver, wipe],
  )
}

const initially = (spec: LayerSpec): Omit<Layer, 'spec'> => ({
  visible: true,
  opacity: spec.kind === 'overlay' ? spec.opacity : 1,
})
