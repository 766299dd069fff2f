import { useSyncExternalStore } from 'react'

export interface Store<T> {
  get(): T
  set(next: T): void
  subscribe(listener: () => void): () => void
  /** What the server drew with; the page starts from the same. */
  readonly initial: T
}

/** A value outside React, for what many distant components read or what changes too often to draw everything. */
export function createStore<T>(initial: T, now: T = initial): Store<T> {
  const listeners = new Set<() => void>()
  let value = now
  return {
    initial,
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const useStore = <T>(store: Store<T>): T => useSelected(store, (value) => value)

/** A part of the value; draws again only when that part changes. */
export function useSelected<T, P>(store: Store<T>, select: (value: T) => P): P {
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.get()),
    () => select(store.initial),
  )
}
