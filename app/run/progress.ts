import type { RunProgress } from '../../workers/runner'
import { createStore } from '../state/store'

/** By picture id. Apart from the session, since it changes many times a second and few components show it. */
export const progress = createStore<Readonly<Record<string, RunProgress>>>({})

export function reportProgress(id: string, now: RunProgress): void {
  progress.set({ ...progress.get(), [id]: now })
}

export function forgetProgress(id: string): void {
  const { [id]: _, ...rest } = progress.get()
  progress.set(rest)
}

/** 0..1; undefined while there is nothing to count yet. */
export function ratio(now: RunProgress | undefined): number | undefined {
  return now && now.total > 0 && now.phase !== 'waiting' ? Math.min(1, now.done / now.total) : undefined
}
