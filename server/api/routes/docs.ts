import * as z from 'zod'
import { ToolError } from '../../../core/errors'
import type { Tool } from '../../../operators/registry'
import type { Assets } from '../assets'
import { openApiDocument } from '../openapi/document'
import { postmanCollection } from '../openapi/postman'
import { DOCS_ASSETS } from '../paths'
import { defineRoute, type Route } from '../route'
import { sendFile } from '../send-file'
import { type DocsPage, docsPages } from './docs-pages'

/** No inline script and no foreign origin; both libraries style their elements from script. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  'worker-src blob:', // ReDoc searches in a worker of its own making
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const UNTIL_CHANGED = 'no-cache'
const A_DAY = 'public, max-age=86400'

/** `/openapi.json`, the same for Postman, and the two pages that show it. */
export function docsRoutes(routes: readonly Route[], tools: readonly Tool[], assets: Assets): readonly Route[] {
  const document = once(() => openApiDocument(routes, tools))
  return [
    file('/openapi.json', document),
    file('/postman.json', () => postmanCollection(document())),
    ...docsPages.flatMap((page) => [pageRoute(page), scriptRoute(page)]),
    asset(assets),
  ]
}

/** Made when first asked for: most processes never are. */
function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

function file(path: string, content: () => Record<string, unknown>): Route {
  const text = once(() => JSON.stringify(content()))
  return defineRoute({
    method: 'get',
    path,
    access: 'public',
    handle: (c) => c.body(text(), 200, { 'Content-Type': 'application/json', 'Cache-Control': UNTIL_CHANGED }),
  })
}

const pageRoute = ({ path, html }: DocsPage): Route =>
  defineRoute({
    method: 'get',
    path,
    access: 'public',
    handle: (c) => c.html(html, 200, { 'Content-Security-Policy': POLICY, 'Cache-Control': UNTIL_CHANGED }),
  })

const scriptRoute = ({ path, script }: DocsPage): Route =>
  defineRoute({
    method: 'get',
    path: `${path}/init.js`,
    access: 'public',
    handle: (c) =>
      c.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': UNTIL_CHANGED }),
  })

function asset(assets: Assets): Route {
  return defineRoute({
    method: 'get',
    path: `/${DOCS_ASSETS}/{name}`,
    access: 'public',
    params: z.object({ name: z.string() }),
    handle: async (c, { params: { name } }) => {
      const file = PLAIN_NAME.test(name) ? await assets.open(name) : undefined
      if (!file) throw new ToolError('not-found', 'File not found')
      return sendFile(c, file, { 'Content-Type': file.type, 'Cache-Control': A_DAY })
    },
  })
}

const PLAIN_NAME = /^\w[\w.-]*$/
