import type { Limits } from './limits'

/** What went wrong, in words that programs match. */
export type ErrorCode =
  | 'invalid-input' // 400, 422: `issues` names the fields where it can
  | 'unauthorized' // 401: a key is missing or wrong
  | 'forbidden' // 403: somebody has to agree first, or the key may not do this
  | 'not-found' // 404: also what belongs to another key
  | 'conflict' // 409: the thing is in a state that does not allow this
  | 'too-large' // 413
  | 'rate-limited' // 429: `limits` and `retryAfterMs` say when there is room
  | 'unavailable' // 503, 504 and whatever a proxy says in their place: the same request can be sent again later
  | 'failed' // a task ended with an error: `reason` is its `error_code`
  | 'timeout' // a task did not end within `timeoutMs`; it goes on
  | 'network' // no answer came
  | 'internal' // anything else: a mistake of the service

/** One wrong field of a request. */
export interface FieldIssue {
  /** The kind of mistake, such as `less_than_equal`. */
  readonly type: string
  /** From the outside in: `['body', 'threshold']`. */
  readonly loc: readonly (string | number)[]
  /** What would be right. */
  readonly msg: string
  readonly input: unknown
}

interface Details extends ErrorOptions {
  readonly status?: number
  readonly issues?: readonly FieldIssue[]
  readonly limits?: Limits
  readonly retryAfterMs?: number
  readonly reason?: string
}

/** The one error of this client: people read `message`, programs match `code`. An abort is thrown as the signal's own reason. */
export class DarkroomError extends Error {
  override readonly name = 'DarkroomError'
  readonly code: ErrorCode
  /** Of the answer, where there was one. */
  readonly status: number | undefined
  readonly issues: readonly FieldIssue[]
  /** What the key had left, where the answer said so. */
  readonly limits: Limits | undefined
  /** How long the service asks to wait before the same request is sent again. */
  readonly retryAfterMs: number | undefined
  /** The `error_code` of a task that failed, such as `unreadable`. */
  readonly reason: string | undefined

  constructor(
    code: ErrorCode,
    message: string,
    { status, issues = [], limits, retryAfterMs, reason, cause }: Details = {},
  ) {
    super(message, { cause })
    this.code = code
    this.status = status
    this.issues = issues
    this.limits = limits
    this.retryAfterMs = retryAfterMs
    this.reason = reason
  }
}
