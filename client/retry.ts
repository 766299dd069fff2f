import type { DarkroomError } from './errors'

export interface RetryPolicy {
  /** How often a request is sent at most, the first time included; 1 never sends again. 5 where left out. */
  readonly tries: number
  /** Longest pause before another try, milliseconds. Whoever is asked to wait longer, such as for a new quota, is told at once. 60,000 where left out. */
  readonly mostPauseMs: number
  /** First pause where the server names none; each later one is twice as long. 500 where left out. */
  readonly firstPauseMs: number
}

export const RETRY: RetryPolicy = { tries: 5, mostPauseMs: 60_000, firstPauseMs: 500 }

const SAFE = ['GET', 'PUT', 'DELETE'] // sent twice, they come to the same

/**
 * How long to wait before the request is sent again, milliseconds; undefined when it must not be.
 *
 * A refusal with 429 or 503 has done nothing, so any request is sent again. Without an answer nobody knows what became
 * of a POST, so that one is not.
 *
 * @param tried how often it was sent
 */
export function pauseBefore(
  error: DarkroomError,
  { method, tried }: { readonly method: string; readonly tried: number },
  { tries, mostPauseMs, firstPauseMs }: RetryPolicy,
): number | undefined {
  if (tried >= tries || !isWorthIt(error, method)) return undefined
  const backoff = firstPauseMs * 2 ** (tried - 1) * (0.75 + Math.random() / 2) // so that many clients do not come back at once
  const asked = error.retryAfterMs ?? untilReset(error)
  const pause = Math.max(asked ?? 0, asked === undefined ? Math.min(backoff, mostPauseMs) : 0)
  return pause > mostPauseMs ? undefined : pause
}

function isWorthIt({ code, status }: DarkroomError, method: string): boolean {
  if (code === 'rate-limited' || status === 503) return true
  return (code === 'network' || code === 'unavailable') && SAFE.includes(method)
}

const untilReset = ({ limits }: DarkroomError): number | undefined =>
  limits && Math.max(0, limits.resetsAt.getTime() - Date.now())

/** @throws the signal's reason */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
