import type { Mask } from '../../core/mask/mask'
import { createHistories } from '../state/histories'

/** The mask of each picture. Masks share tiles: a step that can be taken back costs what its stroke touched. */
export const { store: masks, record, replace, undo, redo, forgetOthers } = createHistories<Mask>()

export const maskOf = (id: string): Mask | undefined => masks.get()[id]?.now

const revisions = new WeakMap<Mask, string>()
let last = 0

/** A name for a mask: one that comes back by undo has the name it had. */
export function revisionOf(mask: Mask): string {
  let revision = revisions.get(mask)
  if (!revision) {
    last += 1
    revision = `drawn-${last}`
    revisions.set(mask, revision)
  }
  return revision
}
