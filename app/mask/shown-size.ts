import type { Size } from '../../core/raster'
import { createStore, useSelected } from '../state/store'

/** By picture: its size as it is shown, upright. Known once it has been on the canvas. */
const sizes = createStore<Readonly<Record<string, Size>>>({})

export const shownSize = (id: string): Size | undefined => sizes.get()[id]
export const useShownSize = (id: string): Size | undefined => useSelected(sizes, (all) => all[id])

export function tellSize(id: string, { width, height }: Size): void {
  const known = shownSize(id)
  if (known?.width !== width || known.height !== height) sizes.set({ ...sizes.get(), [id]: { width, height } })
}
