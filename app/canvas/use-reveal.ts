'use client'
import { useEffect } from 'react'
import type { Bench } from '../shell/bench'
import { boxesOf } from './boxes'
import { selectedRow } from './focused-row'
import { pairBox, pairsIn } from './pairs'
import type { SheetLayout } from './sheet-layout'
import type { Viewer } from './use-viewer'

/** A row chosen in the table is brought into sight on the canvas. */
export function useReveal({ card, result }: Bench, layout: SheetLayout | null, viewer: Viewer): void {
  useEffect(
    () =>
      selectedRow.subscribe(() => {
        const index = selectedRow.get() ?? -1
        for (const layer of card.layers) {
          const pair = layer.kind === 'pairs' && layout && result && pairsIn(result.data, layer.field)[index]
          const box = layer.kind === 'boxes' && result && boxesOf(result.data, layer.field)[index]
          if (pair) viewer.reveal(pairBox(pair, layout))
          if (box) viewer.reveal(box)
        }
      }),
    [card, result, layout, viewer],
  )
}
