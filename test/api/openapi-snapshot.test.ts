import { describe, expect, test } from 'vitest'
import { registry } from '../../operators/registry'
import { apiRoutes, createApp } from '../../server/api/app'
import type { Library } from '../../server/api/library'
import { openApiDocument } from '../../server/api/openapi/document'
import { MemoryEngine } from './memory-engine'

const FILE = new URL('../../server/api/openapi/openapi.json', import.meta.url)

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']

const engine = new MemoryEngine()
/** Routes look into a library only when they are asked. */
const library = {} as Library

const document = openApiDocument(apiRoutes(engine, registry, { library }), registry)
const described = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
)

test('the document is the one in server/api/openapi/openapi.json; a change that is meant is written by --update', async () => {
  await expect(`${JSON.stringify(document, null, 1)}\n`).toMatchFileSnapshot(FILE.pathname)
})

/** Pages and files for people and programs about the API, which are no part of it. */
const ABOUT = [
  '/docs',
  '/docs-assets/{name}',
  '/docs/init.js',
  '/openapi.json',
  '/postman.json',
  '/redoc',
  '/redoc/init.js',
]

describe('what the app is mounted from', () => {
  const served = createApp(engine, { library })
    .routes.filter(({ method, path }) => METHODS.includes(method) && path !== '/*')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  const known = new Set(described)
  /** The copies contract has its paths with the prefix and without it. */
  const isTwin = (route: string) => known.has(route.replace(' /', ' /api/v1/'))

  test('is described, route by route', () => {
    const silent = [...new Set(served)].filter((route) => !known.has(route) && !isTwin(route))
    expect(silent.sort()).toEqual(ABOUT.map((path) => `GET ${path}`))
  })

  test('has every route that is described', () => {
    const routes = new Set(served)
    expect(described.filter((route) => !routes.has(route))).toEqual([])
  })
})
