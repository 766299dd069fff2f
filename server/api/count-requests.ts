import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Metrics } from './metrics'

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH']
const NO_ROUTE = '/*' // only the middleware matched

/** Counts every answer of the app, whoever gives it. */
export const countRequests =
  (metrics: Metrics): MiddlewareHandler =>
  async (c, next) => {
    const start = performance.now()
    await next()
    const { method } = c.req
    metrics.answered({
      method: METHODS.includes(method) ? method : 'OTHER',
      route: patternOf(routePath(c, -1)),
      status: c.res.status,
      seconds: (performance.now() - start) / 1000,
    })
  }

/** As the documentation writes it. */
const patternOf = (path: string): string => (path === NO_ROUTE ? 'none' : path.replaceAll(/:(\w+)/g, '{$1}'))
