import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createApp } from '../../server/api/app'
import { type HttpServer, type NodeHandler, serve } from '../../server/http'
import { openServices, type Services } from '../../server/services'
import { dataFolder, FAKE_CHILD, filesIn, silent, testConfig } from './support'

let services: Services
let server: HttpServer
let address: string
let folder: string

beforeAll(async () => {
  folder = await dataFolder()
  const env = { DATA_DIR: folder, MAX_FILE_MB: '1', MAX_UPLOAD_MB: '2' }
  services = await openServices(testConfig(env), silent, FAKE_CHILD)
  const app = createApp(services.engine, { log: () => {} })
  const pages: NodeHandler = (_request, response) => response.end('a page')
  server = await serve({
    host: '127.0.0.1',
    ports: [0],
    allowedHosts: ['darkroom.test'],
    fetch: (request) => app.fetch(request),
    pages,
    log: () => {},
  })
  address = server.address
})

afterAll(async () => {
  await server.close(0)
  await services.close()
})

const files = () => filesIn(join(folder, 'files'))

const form = (megabytes: number) => {
  const body = new FormData()
  body.append('image', new Blob([randomBytes(megabytes * 1e6)]), 'big.png')
  body.append('template', new Blob(['x']), 'small.png')
  return body
}

const post = (body: FormData) => fetch(`${address}/api/v1/match/template`, { method: 'POST', body })

test('the API and the page answer under one address', async () => {
  expect(await (await fetch(`${address}/health/live`)).json()).toMatchObject({ status: 'live' })
  expect(await (await fetch(`${address}/tools/match-template`)).text()).toBe('a page')
})

test.each(['//', '/%', '/\\', 'http://[', '*'])('the path %s is answered as any that is not there', async (path) => {
  const { port } = new URL(address)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1.1 [24]0/)
  expect((await fetch(`${address}/health/live`)).status).toBe(200)
})

test('an upload far over the limit is answered, and not only cut off', async () => {
  const response = await post(form(100))
  expect(response.status).toBe(413)
  expect(JSON.stringify(await response.json())).toContain('2 MB')
  expect(await files()).toEqual([])
})

test('one file over its own limit is answered with the field that is wrong', async () => {
  const response = await post(form(1.5))
  expect(response.status).toBeGreaterThanOrEqual(400)
  expect(response.status).toBeLessThan(500)
  expect(JSON.stringify(await response.json())).toContain('image')
  expect(await files()).toEqual([])
})

test('a client that goes away in the middle of an upload leaves nothing behind', async () => {
  const { port } = new URL(address)
  const socket = connect(Number(port), '127.0.0.1')
  await once(socket, 'connect')
  socket.write(
    'POST /api/v1/match/template HTTP/1.1\r\nhost: localhost\r\ncontent-length: 900000\r\n' +
      'content-type: multipart/form-data; boundary=b\r\n\r\n' +
      '--b\r\ncontent-disposition: form-data; name="image"; filename="a.png"\r\n\r\n' +
      'x'.repeat(300_000),
  )
  while ((await files()).length === 0) await sleep(5)
  socket.destroy()
  while ((await files()).length > 0) await sleep(5)
  expect(await files()).toEqual([])
})

describe('a request that calls the server by a name', () => {
  const statusFor = async (host: string, path: string) => {
    const socket = connect(Number(new URL(address).port), '127.0.0.1')
    socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`)
    const answer = await text(socket)
    return { status: Number(answer.split(' ')[1]), answer }
  }

  test.each(['/api/v1/tasks', '/tools/match-template', '/sw.js'])(
    'of another site is refused with a sentence: %s',
    async (path) => {
      for (const host of [
        'evil.test',
        'evil.test:8080',
        'localhost.evil.test',
        '192.168.0.7',
        'darkroom.test@evil.test',
      ]) {
        const { status, answer } = await statusFor(host, path)
        expect({ host, status }).toEqual({ host, status: 421 })
        expect(answer).toContain('ALLOWED_HOSTS')
      }
    },
  )

  test.each(['/health/live', '/health/ready'])('probes need not know: %s', async (path) => {
    expect((await statusFor('10.0.0.7:8080', path)).status).toBe(200)
  })

  test.each(['localhost', 'LOCALHOST:1', 'localhost.', 'app.localhost', '127.0.0.1:8080', '[::1]:80', 'Darkroom.Test'])(
    'that it goes by is answered: %s',
    async (host) => {
      expect((await statusFor(host, '/api/v1/tasks')).status).toBe(200)
    },
  )
})

test('a port that is taken is said in a sentence', async () => {
  const port = Number(new URL(address).port)
  const again = serve({
    host: '127.0.0.1',
    ports: [0, port],
    allowedHosts: [],
    fetch: () => new Response(),
    pages: () => {},
    log: () => {},
  })
  await expect(again).rejects.toThrow(`Port ${port} is taken; set PORT or EXTRA_PORTS to a free one.`)
})

test('extra ports answer the same', async () => {
  const extra = await freePort()
  const app = () => new Response('hello')
  const twice = await serve({
    host: '127.0.0.1',
    ports: [0, extra],
    allowedHosts: [],
    fetch: app,
    pages: () => {},
    log: () => {},
  })
  onTestFinished(() => twice.close(0))
  expect(await (await fetch(`http://127.0.0.1:${extra}/api/`)).text()).toBe('hello')
})

async function freePort(): Promise<number> {
  const brief = await serve({
    host: '127.0.0.1',
    ports: [0],
    allowedHosts: [],
    fetch: () => new Response(),
    pages: () => {},
    log: () => {},
  })
  await brief.close(0)
  return Number(new URL(brief.address).port)
}
