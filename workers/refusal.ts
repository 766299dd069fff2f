import * as z from 'zod'
import { type ErrorCode, type Issue, ToolError } from '../core/errors'
import { BusyError, retryAfterMs } from './busy'

const Wrong = z.object({
  type: z.string(),
  loc: z.array(z.union([z.string(), z.number()])),
  msg: z.string(),
  input: z.unknown(),
})
const Detail = z.object({ detail: z.union([z.string(), z.array(Wrong)]) })

const KNOWN: Readonly<Record<ErrorCode, true>> = {
  'invalid-input': true,
  unreadable: true,
  'too-large': true,
  'not-found': true,
  forbidden: true,
  conflict: true,
  busy: true,
  unavailable: true,
  'model-unavailable': true,
  'storage-full': true,
  canceled: true,
  timeout: true,
  internal: true,
}

/** A code as the server wrote it; a newer server may have codes that this page does not know. */
export const toErrorCode = (code: string | null): ErrorCode =>
  code !== null && Object.hasOwn(KNOWN, code) ? (code as ErrorCode) : 'internal'

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid-input',
  401: 'forbidden',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  422: 'invalid-input',
  429: 'busy',
  503: 'busy',
  504: 'timeout',
  507: 'storage-full',
}

export const refusal = async (response: Response): Promise<ToolError> =>
  refusalOf(response.status, await response.text(), response.headers.get('Retry-After'))

/**
 * The error behind a REST answer that is not 2xx: the way back from the contract's shapes.
 *
 * @param retryAfter the header of that name
 */
export function refusalOf(status: number, text: string, retryAfter: string | null = null): ToolError {
  const error = saidIn(status, text)
  const wait = error.code === 'busy' ? retryAfterMs(retryAfter) : undefined
  return wait === undefined ? error : new BusyError(error.message, wait)
}

function saidIn(status: number, text: string): ToolError {
  const code = CODES[status] ?? 'internal'
  const parsed = Detail.safeParse(parseJson(text))
  if (!parsed.success) return new ToolError(code, `The server answered with status ${status}`)
  const { detail } = parsed.data
  if (typeof detail === 'string') return new ToolError(code, detail)
  const issues = detail.map(({ type, loc, msg, input }): Issue => ({ path: loc.slice(1), type, message: msg, input }))
  return new ToolError(code, issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '), { issues })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
