import { ToolError } from '../core/errors'
import { pause } from './pause'

/** A refusal for now: the server says when the same request may be sent again. */
export class BusyError extends ToolError {
  readonly retryAfterMs: number

  constructor(message: string, retryAfterMs: number) {
    super('busy', message)
    this.retryAfterMs = retryAfterMs
  }
}

const MOST_RETRIES = 3
const MOST_WAIT_MS = 60_000 // a user who is told to come back later does better than one who waits without being told

/** Milliseconds that a `Retry-After` header asks for: seconds, or a date. Undefined for any other text. */
export function retryAfterMs(header: string | null, now = Date.now()): number | undefined {
  if (header === null) return undefined
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

/**
 * Does it again when the server says that it is busy, after as long as it asks for.
 *
 * @param onWait is told before each pause
 * @throws what the last try threw; DOMException AbortError when `signal` aborts during a pause
 */
export async function whileBusy<T>(
  attempt: () => Promise<T>,
  signal: AbortSignal,
  onWait: () => void = () => {},
): Promise<T> {
  for (let retries = 0; ; retries++) {
    try {
      return await attempt()
    } catch (error) {
      const comesBack = error instanceof BusyError && error.retryAfterMs <= MOST_WAIT_MS && retries < MOST_RETRIES
      if (!comesBack) throw error
      onWait()
      await pause(error.retryAfterMs, signal)
    }
  }
}
