const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** How long to wait after each failed try, milliseconds: ten tries over about two days. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
]

const JITTER = 0.2 // so that what failed together is not all sent again at once

/** How long to wait after `failures` failed tries in a row, milliseconds; undefined when that was the last. */
export function nextDelay(failures: number, delays = RETRY_DELAYS_MS): number | undefined {
  const delay = delays[failures - 1]
  return delay === undefined ? undefined : delay * (1 + JITTER * Math.random())
}
