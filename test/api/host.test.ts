import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { registry } from '../../operators/registry'
import { apiRoutes, createApp } from '../../server/api/app'
import type { Assets } from '../../server/api/assets'
import { isApiRequest } from '../../server/api/paths'
import { VERSION } from '../../server/api/version'
import { MemoryEngine } from './memory-engine'
import { form, pictures, RUN, service } from './support'

describe('the service', () => {
  test('says what it is', async () => {
    const response = await service().app.request('/', { headers: { Accept: 'application/json' } })
    expect(await response.json()).toEqual({
      service: 'darkroom',
      version: VERSION,
      status: 'running',
      model: null,
      device: 'memory',
      docs: '/docs',
    })
  })

  test('has the version of the package', () => {
    expect(VERSION).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version)
  })

  test('is live while it answers, and ready while it can take tasks', async () => {
    const { app, engine } = service()
    expect((await app.request('/health/live')).status).toBe(200)
    expect(await (await app.request('/health/ready')).json()).toEqual({ status: 'ready', parts: { storage: 'ok' } })
    engine.isReady = false
    const response = await app.request('/health/ready')
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({ status: 'not ready', parts: { storage: 'down' } })
  })
})

describe('every route without parameters', () => {
  const host = service()
  const plain = apiRoutes(host.engine, registry).filter(({ method, path }) => method === 'get' && !path.includes('{'))
  const json = plain.filter(({ operation }) => operation?.answers[200].type === undefined)
  const ofUsers = ['/api/v1/keys', '/api/v1/users', '/api/v1/usage', '/api/v1/stats']
  const ofAll = json.filter(({ path }) => !ofUsers.includes(path))

  test.each(ofAll)('answers $path as its schema says', async ({ path, operation }) => {
    const answer = await (await host.app.request(path)).json()
    expect(() => operation?.answers[200].schema?.parse(answer)).not.toThrow()
    expect(operation?.answers[200].schema).toBeDefined()
  })

  test.each(ofUsers)('answers %s that a host of one user has none', async (path) => {
    const app = createApp(host.engine, { metrics: { answered: () => {}, expose: async () => '' } })
    const response = await app.request(path)
    expect([response.status, (await response.json()).detail]).toEqual([503, expect.stringContaining('Only a server')])
  })
})

describe('which requests are for the app', () => {
  test.each([
    ['/', 'application/json', true],
    ['/', 'text/html,application/xhtml+xml,application/json;q=0.9', false],
    ['/', '*/*', false],
    ['/', null, false],
    ['/api/v1/tasks', null, true],
    ['/api', null, true],
    ['/apiary', null, false],
    ['/uploads/x/y.png', 'image/*', true],
    ['/thumbnails/x/y.png', null, true],
    ['/results/x/y.png', null, true],
    ['/openapi.json', null, true],
    ['/docs', 'text/html', true],
    ['/docs/init.js', null, true],
    ['/docs-assets/swagger-ui.css', null, true],
    ['/redoc/', 'text/html', true],
    ['/health/live', null, true],
    ['/image', null, true],
    ['/image/all', null, true],
    ['/images.html', 'text/html', false],
    ['/tools/match-template', 'text/html', false],
    ['/_next/static/x.js', null, false],
    ['/sw.js', null, false],
  ])('%s asked with Accept %s: %s', (path, accept, ours) => {
    expect(isApiRequest(path, accept)).toBe(ours)
  })
})

describe('every answer', () => {
  test.each(['/', '/api/v1/tasks', '/api/v1/nothing', '/docs', '/openapi.json'])(
    'of %s is locked down',
    async (path) => {
      const { headers } = await service().app.request(path)
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('Referrer-Policy')).toBe('no-referrer')
      expect(headers.get('Content-Security-Policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
      expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin')
      expect(headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp')
      expect(headers.get('Access-Control-Allow-Origin')).toBeNull()
    },
  )

  test('about tasks is not kept by caches', async () => {
    expect((await service().app.request('/api/v1/tasks')).headers.get('Cache-Control')).toBe('no-store')
  })

  test('to a surprise is locked down too', async () => {
    const { app, engine } = service()
    engine.refusal = new Error('boom')
    const { status, headers } = await app.request(RUN, form(pictures))
    expect([status, headers.get('X-Content-Type-Options')]).toEqual([500, 'nosniff'])
  })
})

describe('a request that a page makes a browser send', () => {
  async function statusWith(headers: Record<string, string>) {
    const { app, engine } = service()
    const { status } = await app.request(`http://darkroom.test${RUN}`, { ...form(pictures), headers })
    return { status, stored: engine.stored.size > 0 }
  }

  test.each([
    [{ 'Sec-Fetch-Site': 'cross-site' }],
    [{ 'Sec-Fetch-Site': 'same-site' }],
    [{ Origin: 'https://elsewhere.test' }],
    [{ Origin: 'http://darkroom.test:81' }],
    [{ Origin: 'null' }],
  ])('from another site is refused: %j', async (headers) => {
    expect(await statusWith(headers)).toEqual({ status: 403, stored: false })
  })

  test.each([
    [{ 'Sec-Fetch-Site': 'same-origin', Origin: 'http://darkroom.test' }],
    [{ 'Sec-Fetch-Site': 'none' }],
    [{ Origin: 'http://darkroom.test' }],
    [{}],
  ])('from here or from a program is taken: %j', async (headers) => {
    expect(await statusWith(headers)).toEqual({ status: 201, stored: true })
  })

  test('from another site may only read, which the browser then keeps from it', async () => {
    const { app } = service()
    const { status, headers } = await app.request('/api/v1/tasks', { headers: { 'Sec-Fetch-Site': 'cross-site' } })
    expect([status, headers.get('Cross-Origin-Resource-Policy')]).toEqual([200, 'same-origin'])
  })
})

describe('the documentation pages', () => {
  const assets: Assets = {
    open: async (name) => {
      const file = new File(['a{}'], name)
      return name === 'swagger-ui.css' ? { body: file.stream(), size: file.size, type: 'text/css' } : undefined
    },
  }
  const app = createApp(new MemoryEngine(), { assets })

  test.each(['/docs', '/redoc', '/docs/'])('%s loads everything from here and runs no inline script', async (path) => {
    const response = await app.request(path)
    const html = await response.text()
    expect(response.headers.get('Content-Type')).toContain('text/html')
    expect(html).not.toMatch(/<script>|https?:\/\//)
    expect(response.headers.get('Content-Security-Policy')).toContain("script-src 'self';")
    const scripts = [...html.matchAll(/<script src="(\/(?:docs|redoc)\/[^"]+)"/g)].map(([, src]) => src)
    expect(scripts).toHaveLength(1)
    const script = await app.request(scripts[0])
    expect(script.headers.get('Content-Type')).toContain('text/javascript')
    expect(await script.text()).toContain('/openapi.json')
  })

  test('get their libraries from the host', async () => {
    const response = await app.request('/docs-assets/swagger-ui.css')
    expect(response.headers.get('Content-Type')).toBe('text/css')
    expect(await response.text()).toBe('a{}')
  })

  test.each(['other.js', '..%2fsecret', '.env'])('have no library %s', async (name) => {
    expect((await app.request(`/docs-assets/${name}`)).status).toBe(404)
  })

  test('refuse a name that no file can have', async () => {
    expect((await app.request('/docs-assets/%00')).status).toBe(422)
  })
})
