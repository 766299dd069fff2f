import { createStore } from '../state/store'
import type { Edits } from './edits'

export interface History {
  readonly past: readonly Edits[]
  readonly now: Edits
  readonly future: readonly Edits[]
}

const DEPTH = 100

const BEGINNING: History = { past: [], now: { quads: null, zones: [] }, future: [] }

/** By picture: what was said about it, and what can be taken back. Kept as long as the picture can come back. */
export const histories = createStore<Readonly<Record<string, History>>>({})

export const historyOf = (all: Readonly<Record<string, History>>, id: string): History => all[id] ?? BEGINNING

export function record(id: string, edits: Edits): void {
  const { past, now } = historyOf(histories.get(), id)
  put(id, { past: [...past.slice(1 - DEPTH), now], now: edits, future: [] })
}

/** @returns what holds now; undefined when there is nothing to take back */
export function undo(id: string): Edits | undefined {
  const { past, now, future } = historyOf(histories.get(), id)
  const before = past.at(-1)
  if (before) put(id, { past: past.slice(0, -1), now: before, future: [now, ...future] })
  return before
}

/** @returns what holds now; undefined when there is nothing to bring back */
export function redo(id: string): Edits | undefined {
  const { past, now, future } = historyOf(histories.get(), id)
  const [after, ...rest] = future
  if (after) put(id, { past: [...past, now], now: after, future: rest })
  return after
}

/** @param ids of the pictures that are here or can come back */
export function forgetOthers(ids: ReadonlySet<string>): void {
  const all = Object.entries(histories.get())
  const kept = all.filter(([id]) => ids.has(id))
  if (kept.length < all.length) histories.set(Object.fromEntries(kept))
}

const put = (id: string, history: History): void => histories.set({ ...histories.get(), [id]: history })
