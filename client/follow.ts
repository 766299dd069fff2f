import { DarkroomError } from './errors'
import { pause } from './retry'

export interface Progress {
  /** In units of the tool's own, or files of a batch. */
  readonly done: number
  readonly total: number
}

export interface FollowOptions {
  readonly signal?: AbortSignal
  /** Is told how far it is, whenever that changes and can be known. */
  readonly onProgress?: (progress: Progress) => void
  /** `events` (server-sent events) where the server has them and they come through, else `polling`. */
  readonly follow?: 'events' | 'polling'
  /** Longest wait, milliseconds; any where left out. The task goes on when it is over. */
  readonly timeoutMs?: number
}

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2000
const SLOWER = 1.5

interface State {
  readonly progress?: Progress | null
}

/**
 * Reads a state again and again, ever more slowly, until it has ended.
 *
 * @throws DarkroomError timeout
 */
export async function poll<T extends State>(
  read: () => Promise<T>,
  hasEnded: (state: T) => boolean,
  { signal, onProgress, timeoutMs = Number.POSITIVE_INFINITY }: FollowOptions = {},
): Promise<T> {
  const until = Date.now() + timeoutMs
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * SLOWER, LONGEST_PAUSE_MS)) {
    const state = await read()
    if (hasEnded(state)) return state
    if (state.progress) onProgress?.(state.progress)
    if (Date.now() + pauseMs > until) throw tooLong(timeoutMs)
    await pause(pauseMs, signal)
  }
}

export const tooLong = (timeoutMs: number) =>
  new DarkroomError(
    'timeout',
    `The task did not end within ${timeoutMs / 1000} s; it goes on and can be asked for again`,
  )

/** A signal that is aborted when the given one is, and after a time. `end` forgets both. */
export function limited(signal: AbortSignal | undefined, timeoutMs: number | undefined) {
  const both = new AbortController()
  const stop = () => both.abort(signal?.reason)
  let isOver = false
  const expire = () => {
    isOver = true
    both.abort()
  }
  const timer = timeoutMs === undefined ? undefined : setTimeout(expire, timeoutMs)
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  const end = () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
  return { signal: both.signal, isOver: () => isOver, end }
}
