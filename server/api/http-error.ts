import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type ErrorCode, type Issue, ToolError } from '../../core/errors'
import { InvalidRequest, sentIn } from './request'

type Status = 400 | 403 | 404 | 409 | 413 | 422 | 500 | 503 | 504 | 507

/** The only table from codes to statuses. */
const STATUS = {
  'invalid-input': 422,
  unreadable: 422,
  'too-large': 413,
  'not-found': 404,
  forbidden: 403,
  conflict: 409,
  busy: 503,
  unavailable: 503,
  'model-unavailable': 503,
  'storage-full': 507,
  canceled: 409,
  timeout: 504,
  internal: 500,
} as const satisfies Record<ErrorCode, Status>

const RETRY_SECONDS = '5'
const RETRY_LATER: readonly ErrorCode[] = ['busy', 'unavailable', 'model-unavailable']

/** What a failure means to a client, where that is more than a surprise. */
export type Explain = (error: unknown) => ToolError | undefined

/** The only place where an error becomes an answer. Surprises are logged, and answered without detail. */
export const onError =
  (log: (error: unknown) => void, explain: Explain = () => undefined) =>
  (error: Error, c: Context): Response => {
    if (error instanceof InvalidRequest) return c.json({ detail: error.issues.map(toDetail) }, 422)
    if (error instanceof HTTPException) return c.json({ detail: error.message }, error.status)
    if (error instanceof ToolError && error.code !== 'internal') return refuse(error, c)
    if (c.req.raw.signal.aborted) return c.json({ detail: 'The connection broke' }, 400) // nobody reads it
    const explained = explain(error)
    if (explained) return refuse(explained, c)
    log(error)
    return c.json({ detail: 'Internal Server Error' }, 500)
  }

function refuse(error: ToolError, c: Context): Response {
  const status = statusOf(error)
  if (RETRY_LATER.includes(error.code)) c.header('Retry-After', RETRY_SECONDS)
  if (status !== 422) return c.json({ detail: error.message }, status)
  return c.json({ detail: sentIn('body', error.issues).map(toDetail) }, 422)
}

/** A request that is wrong as a whole, so that no field can be named, is a 400. */
function statusOf({ code, issues }: ToolError): Status {
  return STATUS[code] === 422 && issues.length === 0 ? 400 : STATUS[code]
}

const toDetail = ({ path, type, message, input }: Issue) => ({ type, loc: path, msg: message, input: shown(input) })

const SHOWN_CHARACTERS = 500

/** What was sent, so that it can be recognised: whole where it is small, and always valid JSON. */
function shown(input: unknown): unknown {
  if (input === undefined) return null
  if (typeof input === 'number' && !Number.isFinite(input)) return String(input)
  if (typeof input === 'string' && input.length > SHOWN_CHARACTERS) return `${input.slice(0, SHOWN_CHARACTERS)}…`
  return input
}
