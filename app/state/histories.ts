import { createStore, type Store } from './store'

export interface History<T> {
  readonly past: readonly T[]
  readonly now: T
  readonly future: readonly T[]
}

/** What was done to each thing, by its id, and what of it can be taken back. */
export interface Histories<T> {
  readonly store: Store<Readonly<Record<string, History<T>>>>
  /** @param before what holds where nothing was done yet */
  record(id: string, value: T, before: T): void
  /** The same value in another form: nothing that could be taken back. */
  replace(id: string, value: T): void
  /** @returns what holds now; undefined when there is nothing to take back */
  undo(id: string): T | undefined
  /** @returns what holds now; undefined when there is nothing to bring back */
  redo(id: string): T | undefined
  /** @param ids of the things that are here or can come back */
  forgetOthers(ids: ReadonlySet<string>): void
}

const DEPTH = 100

export function createHistories<T>(): Histories<T> {
  const store = createStore<Readonly<Record<string, History<T>>>>({})
  const put = (id: string, history: History<T>): void => store.set({ ...store.get(), [id]: history })
  return {
    store,
    record(id, value, before) {
      const { past, now } = store.get()[id] ?? { past: [], now: before }
      put(id, { past: [...past.slice(1 - DEPTH), now], now: value, future: [] })
    },
    replace(id, value) {
      const { past = [], future = [] } = store.get()[id] ?? {}
      put(id, { past, now: value, future })
    },
    undo(id) {
      const history = store.get()[id]
      const before = history?.past.at(-1)
      if (history && before !== undefined)
        put(id, { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future] })
      return before
    },
    redo(id) {
      const history = store.get()[id]
      const [after, ...rest] = history?.future ?? []
      if (history && after !== undefined) put(id, { past: [...history.past, history.now], now: after, future: rest })
      return after
    },
    forgetOthers(ids) {
      const all = Object.entries(store.get())
      const kept = all.filter(([id]) => ids.has(id))
      if (kept.length < all.length) store.set(Object.fromEntries(kept))
    },
  }
}
