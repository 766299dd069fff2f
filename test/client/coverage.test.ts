import { build } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../../client/client'
import { registry } from '../../operators/registry'
import { apiRoutes } from '../../server/api/app'
import type { Library } from '../../server/api/library'
import { openApiDocument } from '../../server/api/openapi/document'
import { MemoryEngine } from '../api/memory-engine'
import { png } from '../api/support'

/** What the client leaves to others: pages, and what a browser does by itself. */
const LEFT_OUT = [
  'DELETE /api/v1/session',
  'GET /',
  'GET /health/live',
  'GET /metrics',
  'GET /models/{id}/{file}',
  'POST /api/v1/session',
]

/** Each method of the client, as somebody would call it. */
const CALLS: readonly ((client: Client) => Promise<unknown>)[] = [
  ({ tools }) => tools.list(),
  ({ tasks }) => tasks.list({ limit: 1 }),
  ({ tasks }) => tasks.get('1'),
  ({ tasks }) => tasks.cancel('1'),
  ({ tasks }) => tasks.events('1').next(),
  ({ plates }) => plates.submit({ files: [png()], cover: png() }),
  ({ plates }) => plates.get('1'),
  ({ faces }) => faces.embed(png(), { normalize: true }),
  ({ faces }) => faces.embedAll([png(), png()]),
  ({ faces }) => faces.compare(png(), png()),
  ({ faces }) => faces.health(),
  ({ inpaint }) => inpaint.removeWatermark({ image: png(), mask: png() }),
  ({ inpaint }) => inpaint.detect(png()),
  ({ inpaint }) => inpaint.submitBatch({ images: [png()], mask: png(), masks: [png()] }),
  ({ inpaint }) => inpaint.getBatch('1'),
  ({ inpaint }) => inpaint.archive('1'),
  ({ inpaint }) => inpaint.stats(),
  ({ inpaint }) => inpaint.health(),
  ({ library }) => library.add({ file: png() }),
  ({ library }) => library.get(1),
  ({ library }) => library.list({ status: 'PROCESSED' }),
  ({ library }) => library.page(),
  ({ library }) => library.summary(),
  ({ library }) => library.groups(),
  ({ library }) => library.search(png()),
  ({ library }) => library.processed(1),
  ({ library }) => library.copies(1),
  ({ library }) => library.links(1),
  ({ library }) => library.file(1),
  ({ library }) => library.thumbnail(1),
  ({ library }) => library.setAside(1, 2),
  ({ library }) => library.pairsSetAside(),
  ({ library }) => library.remove(1),
  ({ library }) => library.claim('my-model'),
  ({ library }) => library.finish(1, { result: [2] }),
  ({ keys }) => keys.list(),
  ({ keys }) => keys.create({ name: 'Laptop' }),
  ({ keys }) => keys.rotate('1'),
  ({ keys }) => keys.revoke('1'),
  ({ keys }) => keys.session(),
  ({ keys }) => keys.usage({ days: 1 }),
  ({ users }) => users.list(),
  ({ users }) => users.create({ name: 'Shop' }),
  ({ users }) => users.change('1', { plan: 'pro' }),
  ({ webhooks }) => webhooks.add({ url: 'https://example.org/' }),
  ({ webhooks }) => webhooks.list(),
  ({ webhooks }) => webhooks.remove('1'),
  ({ webhooks }) => webhooks.deliveries('1'),
  ({ webhooks }) => webhooks.replay('1', '2'),
  ({ models }) => models.list(),
  ({ models }) => models.get('1'),
  ({ models }) => models.fetch('1'),
  ({ models }) => models.remove('1'),
  ({ settings }) => settings.get('template'),
  ({ settings }) => settings.put('template', { threshold: 0.5 }),
  (client) => client.ready(),
  (client) => client.file('/uploads/1/a.png'),
  (client) => client.file('thumbnails/1/a.png'),
  (client) => client.file('results/1/a.png'),
  (client) => client.file('/tasks_storage/1/output/a.webp'),
  (client) => client.file('/api/v1/batch/1/files/a.png'),
  ...registry.map(
    ({ spec }) =>
      ({ tools }: Client) =>
        tools.submit(spec.tool as 'template', {} as never),
  ),
]

const engine = new MemoryEngine()
const document = openApiDocument(apiRoutes(engine, registry, { library: {} as Library }), registry)
const paths = document.paths as Record<string, Record<string, Operation>>

interface Operation {
  readonly requestBody?: { content: Record<string, { schema: { properties?: Record<string, unknown> } }> }
  readonly parameters?: readonly { name: string; in: string }[]
}

interface Sent {
  readonly route: string
  readonly fields: readonly string[]
  readonly query: readonly string[]
}

describe('the client beside the OpenAPI document', () => {
  const sent: Sent[] = []

  beforeAll(async () => {
    const listed = registry.map(({ spec }) => ({ tool: spec.tool, path: `/api/v1/${spec.path}` }))
    const client = createClient({
      fetch: (url, { method = 'GET', body }) => {
        const [path, query] = url.split('?')
        const fields = body instanceof FormData ? [...body.keys()] : []
        sent.push({ route: routeOf(method, path), fields, query: [...new URLSearchParams(query).keys()] })
        return Response.json(path.endsWith('/tools') ? { tools: listed } : { keys: [], users: [], models: [] })
      },
    })
    for (const call of CALLS) await call(client)
  })

  test('calls nothing that is not described', () => {
    expect(sent.map(({ route }) => route).filter((route) => route.endsWith('?'))).toEqual([])
  })

  test('calls everything that is described, but for what it leaves to others', () => {
    const called = new Set(sent.map(({ route }) => route))
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(described.filter((route) => !called.has(route)).sort()).toEqual(LEFT_OUT)
  })

  test('sends only fields and queries that are described', () => {
    for (const { route, fields, query } of sent) {
      const [method, path] = route.split(' ')
      const { requestBody, parameters = [] } = paths[path][method.toLowerCase()]
      const known = Object.keys(requestBody?.content['multipart/form-data']?.schema.properties ?? {})
      expect([route, fields.filter((field) => !known.includes(field))]).toEqual([route, []])
      const names = parameters.filter((one) => one.in === 'query').map(({ name }) => name)
      expect([route, query.filter((name) => !names.includes(name))]).toEqual([route, []])
    }
  })
})

/** The described route of a request; one that is not ends in a question mark. */
function routeOf(method: string, path: string): string {
  const fits = (pattern: string) => {
    const [wanted, given] = [pattern, path].map((one) => one.split('/'))
    return wanted.length === given.length && wanted.every((part, i) => part.startsWith('{') || part === given[i])
  }
  const found = Object.keys(paths).filter((pattern) => fits(pattern) && method.toLowerCase() in paths[pattern])
  // A fixed part goes before a variable: /api/v1/image/all is not the picture "all".
  const [best] = found.sort((a, b) => a.split('{').length - b.split('{').length)
  return best ? `${method} ${best}` : `${method} ${path}?`
}

test('the client brings none of the server with it but the reader of events', async () => {
  const { metafile } = await build({
    entryPoints: ['client/client.ts'],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
  })
  const inputs = Object.keys(metafile.inputs).filter((path) => !path.startsWith('client/'))
  expect(inputs).toEqual(['server/api/server-events.ts'])
})
