import type { z } from 'zod'
import type { Callback } from '../server/api/contracts/copies'
import type { Library } from './library'
import { pause } from './retry'

export interface Work {
  /** The `model_name` with which pictures were added. */
  readonly model: string
  /** Ends the work. */
  readonly signal: AbortSignal
  /** How long to wait when there is nothing to do, milliseconds. 2,000 where left out. */
  readonly pauseMs?: number
  /** Says which pictures of the library are copies of this one. */
  find(picture: { readonly id: number; readonly file: Blob }): Promise<z.input<typeof Callback>>
  /** Is told why a picture could not be done: once its claim has run out, somebody else gets it. The work goes on. */
  onError(error: unknown, id: number | undefined): void
}

const PAUSE_MS = 2000

export async function workOn(library: Library, work: Work): Promise<void> {
  const { signal, pauseMs = PAUSE_MS } = work
  while (!signal.aborted) {
    const hasWorked = await workOnOne(library, work)
    if (!hasWorked) await pause(pauseMs, signal).catch(() => {}) // the loop sees the abort
  }
}

/** @returns whether a picture was done */
async function workOnOne(library: Library, { model, signal, find, onError }: Work): Promise<boolean> {
  let id: number | undefined
  try {
    const claim = await library.claim(model, signal)
    id = claim?.id
    if (id === undefined) return false
    await library.finish(id, await find({ id, file: await library.file(id, signal) }))
    return true
  } catch (error) {
    if (!signal.aborted) onError(error, id)
    return false
  }
}
