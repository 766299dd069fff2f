import type { MiddlewareHandler } from 'hono'
import type { Route } from './route'

/** Reason phrases of RFC 9110, section 15, and RFC 6585. */
const PHRASES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  507: 'Insufficient Storage',
}

export const phraseOf = (status: number): string => PHRASES[status] ?? 'Error'

const FIRST_ERROR = 400

/** Gives the errors of the inpainting family their form, whoever refused: `{"error", "detail", "status_code"}`. */
export function inpaintErrors(routes: readonly Route[]): MiddlewareHandler {
  const paths = routes.filter(({ family }) => family === 'inpaint').map(({ path }) => patternOf(path))
  return async (c, next) => {
    await next()
    const { res } = c
    if (res.status < FIRST_ERROR || !paths.some((path) => path.test(c.req.path))) return
    const detail = toSentence(
      await res
        .clone()
        .json()
        .catch(() => undefined),
    )
    // The contract knows no 422: what is wrong with a field is wrong with the request.
    const status = res.status === 422 ? 400 : res.status
    const headers = new Headers(res.headers)
    headers.delete('Content-Length')
    c.res = undefined // else the headers of the one would be added to those of the other
    c.res = Response.json({ error: phraseOf(status), detail, status_code: status }, { status, headers })
  }
}

const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`)

interface Field {
  readonly loc: readonly (string | number)[]
  readonly msg: string
}

/** The other families' forms as one sentence: their `detail`, or every wrong field. */
function toSentence(body: unknown): string {
  const { detail } = (body ?? {}) as { detail?: string | readonly Field[] }
  if (typeof detail === 'string') return detail
  return detail?.map(({ loc, msg }) => `${loc.slice(1).join('.')}: ${msg}`).join('; ') ?? 'The request was refused'
}
