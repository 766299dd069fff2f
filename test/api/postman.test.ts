import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createApp } from '../../server/api/app'
import type { Library } from '../../server/api/library'
import { MemoryEngine } from './memory-engine'

const pair = z.strictObject({ key: z.string().min(1), value: z.string(), type: z.literal('string') })
const entry = z.strictObject({
  key: z.string().min(1),
  value: z.string(),
  description: z.string().optional(),
  disabled: z.boolean().optional(),
})
const field = z.discriminatedUnion('type', [
  entry.extend({ type: z.literal('text') }),
  entry.omit({ value: true }).extend({ type: z.literal('file'), src: z.null() }),
])
const body = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('formdata'), formdata: z.array(field) }),
  z.strictObject({
    mode: z.literal('raw'),
    raw: z.string(),
    options: z.strictObject({ raw: z.strictObject({ language: z.literal('json') }) }),
  }),
])
const item = z.strictObject({
  name: z.string().min(1),
  response: z.array(z.never()),
  request: z.strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
    header: z.array(entry),
    description: z.string().optional(),
    auth: z.strictObject({ type: z.literal('noauth') }).optional(),
    url: z.strictObject({
      raw: z.string().startsWith('{{server}}/'),
      host: z.tuple([z.literal('{{server}}')]),
      path: z.array(z.string()),
      query: z.array(entry).optional(),
      variable: z.array(entry).optional(),
    }),
    body: body.optional(),
  }),
})

/** What of the Collection format 2.1 such a collection has, and nothing besides. */
const Collection = z.strictObject({
  info: z.strictObject({
    name: z.string(),
    description: z.string(),
    version: z.string(),
    schema: z.literal('https://schema.getpostman.com/json/collection/v2.1.0/collection.json'),
  }),
  variable: z.array(pair),
  auth: z.strictObject({ type: z.literal('apikey'), apikey: z.array(pair) }),
  item: z.array(z.strictObject({ name: z.string(), item: z.array(item).min(1) })),
})

const app = createApp(new MemoryEngine(), { library: {} as Library })
const read = async (path: string) => (await app.request(path)).json()
const collection = Collection.parse(await read('/postman.json'))
const requests = collection.item.flatMap((folder) => folder.item.map(({ request }) => request))
const find = (method: string, path: string) => {
  const found = requests.find(({ method: one, url }) => one === method && url.raw === `{{server}}${path}`)
  if (!found) throw new Error(`There is no ${method} ${path}`)
  return found
}

describe('/postman.json', () => {
  test('has every operation of the document once, in the folder of its tag', async () => {
    const { paths } = await read('/openapi.json')
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    )
    const listed = requests.map(({ method, url }) => `${method} ${url.raw.replace('{{server}}', '')}`)
    expect(listed.sort()).toEqual(operations.sort())
    expect(collection.item.map(({ name }) => name)).toContain('Inpainting')
  })

  test('asks for each variable of a path', () => {
    for (const { url } of requests) {
      const named = url.path.filter((segment) => segment.startsWith(':')).map((segment) => segment.slice(1))
      expect([url.raw, url.variable?.map(({ key }) => key) ?? []]).toEqual([url.raw, named])
    }
  })

  test('has a form with its files, and with its parameters at their defaults, turned off', () => {
    const sent = find('POST', '/api/v1/match/template').body
    const fields = sent?.mode === 'formdata' ? sent.formdata : []
    expect(fields.find(({ key }) => key === 'template')).toMatchObject({ type: 'file', disabled: false })
    expect(fields.find(({ key }) => key === 'threshold')).toMatchObject({ type: 'text', value: '0.8', disabled: true })
  })

  test('has a JSON body that the server takes', async () => {
    const sent = find('POST', '/api/v1/webhooks').body
    const raw = sent?.mode === 'raw' ? sent.raw : ''
    const answer = await app.request('/api/v1/webhooks', {
      method: 'POST',
      body: raw,
      headers: { 'Content-Type': 'application/json' },
    })
    expect(answer.status).toBe(201)
  })

  test('sends the key, except where nobody asks for one', () => {
    expect(collection.auth.apikey).toContainEqual({ key: 'value', value: '{{key}}', type: 'string' })
    expect(find('GET', '/api/v1/tools').auth).toEqual({ type: 'noauth' })
    expect(find('POST', '/api/v1/remove-watermark').auth).toBeUndefined()
  })
})
