import { createHistories, type History } from '../state/histories'
import type { Edits } from './edits'

const all = createHistories<Edits>()

const NOTHING: Edits = { quads: null, zones: [] }
const BEGINNING: History<Edits> = { past: [], now: NOTHING, future: [] }

/** By picture: what was said about it. */
export const { store: histories, undo, redo, forgetOthers } = all

export const historyOf = (histories: Readonly<Record<string, History<Edits>>>, id: string): History<Edits> =>
  histories[id] ?? BEGINNING

export const record = (id: string, edits: Edits): void => all.record(id, edits, NOTHING)
