import type { Context, Hono } from 'hono'
import type { z } from 'zod'
import type { Family, RouteAccess } from './access/caller'
import type { Gate } from './access/gate'
import { guard } from './access/guard'
import type { Operation } from './openapi/operation'
import { parseParts } from './request'

type Handler = (c: Context) => Response | Promise<Response>

/** One method of one path. The app is mounted from these, and `/openapi.json` describes exactly these. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** As OpenAPI writes it: `/api/v1/tasks/{uid}`. */
  readonly path: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  /** Who may call it; `member` where left out. */
  readonly access?: RouteAccess
  /** Set by `inFamily`; a route of none needs a key wherever its caller is not on this machine. */
  readonly family?: Family
  /** Left out for what is no part of the interface: scripts of the documentation pages. */
  readonly operation?: Operation
  readonly handle: Handler
}

interface Parsed<P extends z.ZodObject, Q extends z.ZodObject> {
  readonly params: z.output<P>
  readonly query: z.output<Q>
}

interface RouteOptions<P extends z.ZodObject, Q extends z.ZodObject> extends Omit<Route, 'handle'> {
  readonly params?: P
  readonly query?: Q
  handle(c: Context, parsed: Parsed<P, Q>): Response | Promise<Response>
}

/** Path and query are parsed by their schemas before `handle` sees them; one answer names all that is wrong in them. */
export function defineRoute<P extends z.ZodObject, Q extends z.ZodObject>(options: RouteOptions<P, Q>): Route {
  const handle: Handler = (c) => {
    const [params, query] = parseParts([
      { where: 'path', schema: options.params, texts: c.req.param() },
      { where: 'query', schema: options.query, texts: c.req.query() },
    ])
    return options.handle(c, { params, query } as Parsed<P, Q>)
  }
  return { ...options, handle }
}

export const inFamily = (family: Family, routes: readonly Route[]): readonly Route[] =>
  routes.map((route) => ({ ...route, family }))

/**
 * Registers every route behind its guard, and for each path what OPTIONS and the methods it lacks are answered.
 *
 * @param gate left out where there is one user
 */
export function mount(app: Hono, routes: readonly Route[], gate?: Gate): void {
  for (const route of routes) {
    app.on(route.method.toUpperCase(), honoPath(route.path), guard(route, gate), route.handle)
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const allow = allowedMethods(routes.filter((route) => route.path === path))
    app.options(honoPath(path), (c) => c.body(null, 204, { Allow: allow }))
    app.all(honoPath(path), (c) =>
      c.json({ detail: `Method Not Allowed: ${c.req.method} is not possible here, use ${allow}` }, 405, {
        Allow: allow,
      }),
    )
  }
}

const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

function allowedMethods(routes: readonly Route[]): string {
  const methods = routes.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))
  return [...methods, 'OPTIONS'].join(', ')
}
