/** What went wrong, in words that programs match. Each layer above maps it to its own form (status, sentence, colour). */
export type ErrorCode =
  | 'invalid-input' // a field is missing, of the wrong type, out of range, or does not fit the others
  | 'unreadable' // a file is not what it claims: no picture, truncated, broken
  | 'too-large' // over a limit on bytes, pixels or count
  | 'not-found'
  | 'forbidden' // somebody has to agree to something first, such as a licence
  | 'conflict' // the thing is in a state that does not allow this
  | 'busy' // a queue is full; the same request can be sent again later
  | 'unavailable' // this host cannot do it (offline, no page open, not configured)
  | 'model-unavailable'
  | 'storage-full'
  | 'canceled'
  | 'timeout'
  | 'internal'

/** One wrong field: where it is, what kind of mistake it is, and what would be right. */
export interface Issue {
  /** From the outside in, without the transport: `['threshold']`, `['steps', 0, 'tool']`, `['image']`. */
  readonly path: readonly (string | number)[]
  /** Pydantic's word for the mistake, since the contracts use it: `missing`, `less_than_equal`, `enum` … */
  readonly type: string
  readonly message: string
  readonly input?: unknown
  /** The values in the message: with `type` enough to say it in another language. Not part of the contracts' answers. */
  readonly ctx?: Values
}

export type Values = Readonly<Record<string, string | number>>

interface ToolErrorOptions extends ErrorOptions {
  readonly issues?: readonly Issue[]
  /** As in an issue, for what is not about one field, or not yet known to be. */
  readonly type?: string
  readonly ctx?: Values
}

/** The one error that crosses a layer: people read `message`, programs match `code`, forms show `issues`. */
export class ToolError extends Error {
  override readonly name = 'ToolError'
  readonly code: ErrorCode
  readonly issues: readonly Issue[]
  readonly type: string | undefined
  readonly ctx: Values | undefined

  constructor(code: ErrorCode, message: string, { issues = [], type, ctx, ...options }: ToolErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.issues = issues
    this.type = type
    this.ctx = ctx
  }
}

/**
 * An error that is about one field: the message is the sentence shown beside it.
 *
 * @param type a word of its own where the page knows the sentence in other languages
 */
export function fieldError(
  code: ErrorCode,
  field: string,
  message: string,
  type = 'value_error',
  ctx?: Values,
): ToolError {
  return new ToolError(code, message, { issues: [{ path: [field], type, message, ...(ctx && { ctx }) }] })
}

export interface Failure {
  readonly ok: false
  readonly code: ErrorCode
  readonly message: string
  readonly issues: readonly Issue[]
  readonly type?: string
  readonly ctx?: Values
}

/** A worker answers with an outcome: a thrown error loses its `code` on the way across. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Failure

/** Turns anything thrown into an outcome. Surprises get a plain sentence; `onSurprise` is told the rest. */
export function failure(error: unknown, onSurprise: (error: unknown) => void = () => {}): Failure {
  if (error instanceof ToolError) {
    const { code, message, issues, type, ctx } = error
    return { ok: false, code, message, issues, ...(type && { type, ctx }) }
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return { ok: false, code: 'canceled', message: 'Canceled', issues: [] }
  }
  onSurprise(error)
  return { ok: false, code: 'internal', message: 'The tool failed unexpectedly', issues: [] }
}

/** The way back: an outcome's value, or its error thrown again. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new ToolError(outcome.code, outcome.message, outcome)
}
