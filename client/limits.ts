/** What a key may still send, as `X-RateLimit-Limit`, `-Remaining` and `-Reset` say. */
export interface Limits {
  /** Most requests at once, after a pause. */
  readonly limit: number
  /** Requests that may be sent now. */
  readonly remaining: number
  /** When there is one more. */
  readonly resetsAt: Date
}

/** Undefined where the answer does not say all three. */
export function limitsIn(headers: Headers): Limits | undefined {
  const [limit, remaining, reset] = ['Limit', 'Remaining', 'Reset'].map((name) =>
    Number.parseInt(headers.get(`X-RateLimit-${name}`) ?? '', 10),
  )
  if ([limit, remaining, reset].some(Number.isNaN)) return undefined
  return { limit, remaining, resetsAt: new Date(reset * 1000) }
}

/** `Retry-After`, in seconds or as a date, as milliseconds from now. */
export function retryAfterIn(headers: Headers, now = Date.now()): number | undefined {
  const text = headers.get('Retry-After')
  if (text === null) return undefined
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
