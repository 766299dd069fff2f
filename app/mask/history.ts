import type { Mask } from '../../core/mask/mask'
import { createStore } from '../state/store'

/** The mask of one picture, and what can be taken back. */
export interface MaskHistory {
  readonly past: readonly Mask[]
  readonly now: Mask
  readonly future: readonly Mask[]
}

const DEPTH = 100 // masks share tiles: one more costs what the stroke touched

/** By picture; none for one that nothing was ever painted on. Kept as long as the picture can come back. */
export const masks = createStore<Readonly<Record<string, MaskHistory>>>({})

export const maskOf = (id: string): Mask | undefined => masks.get()[id]?.now

/** @param before what holds where nothing was painted yet */
export function record(id: string, mask: Mask, before: Mask): void {
  const { past, now } = masks.get()[id] ?? { past: [], now: before }
  put(id, { past: [...past.slice(1 - DEPTH), now], now: mask, future: [] })
}

/** The same mask in another form: nothing that could be taken back. */
export function replace(id: string, mask: Mask): void {
  const { past = [], future = [] } = masks.get()[id] ?? {}
  put(id, { past, now: mask, future })
}

/** @returns what holds now; undefined when there is nothing to take back */
export function undo(id: string): Mask | undefined {
  const { past = [], now, future = [] } = masks.get()[id] ?? {}
  const before = past.at(-1)
  if (before && now) put(id, { past: past.slice(0, -1), now: before, future: [now, ...future] })
  return before
}

/** @returns what holds now; undefined when there is nothing to bring back */
export function redo(id: string): Mask | undefined {
  const { past = [], now, future = [] } = masks.get()[id] ?? {}
  const [after, ...rest] = future
  if (after && now) put(id, { past: [...past, now], now: after, future: rest })
  return after
}

/** @param ids of the pictures that are here or can come back */
export function forgetOtherMasks(ids: ReadonlySet<string>): void {
  const all = Object.entries(masks.get())
  const kept = all.filter(([id]) => ids.has(id))
  if (kept.length < all.length) masks.set(Object.fromEntries(kept))
}

const put = (id: string, history: MaskHistory): void => masks.set({ ...masks.get(), [id]: history })

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
