import { DarkroomError, type ErrorCode, type FieldIssue } from './errors'
import { limitsIn, retryAfterIn } from './limits'

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid-input',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  405: 'internal',
  409: 'conflict',
  413: 'too-large',
  421: 'forbidden',
  422: 'invalid-input',
  429: 'rate-limited',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
}

/** An answer that is no success, as an error; its body is read. */
export async function errorOf(response: Response): Promise<DarkroomError> {
  const { status, statusText, headers } = response
  const detail = detailIn(await response.json().catch(() => undefined))
  const issues = Array.isArray(detail) ? detail : []
  const message =
    typeof detail === 'string' ? detail : sentence(issues) || `The server answered ${status} ${statusText}`
  return new DarkroomError(CODES[status] ?? 'internal', message.trim(), {
    status,
    issues,
    limits: limitsIn(headers),
    retryAfterMs: retryAfterIn(headers),
  })
}

/** All families have it; a proxy's own page has not. */
function detailIn(body: unknown): string | readonly FieldIssue[] | undefined {
  if (typeof body !== 'object' || body === null || !('detail' in body)) return undefined
  const { detail } = body
  return typeof detail === 'string' || Array.isArray(detail) ? detail : undefined
}

const sentence = (issues: readonly FieldIssue[]): string =>
  issues.map(({ loc, msg }) => `${loc.slice(1).join('.') || loc.join('.')}: ${msg}`).join('; ')
