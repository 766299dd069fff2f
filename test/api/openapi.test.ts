import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineSpec } from '../../core/operator'
import { registry } from '../../operators/registry'
import { apiRoutes, createApp } from '../../server/api/app'
import { MemoryEngine } from './memory-engine'
import { form, pictures, png, RUN, service } from './support'

const engine = new MemoryEngine()
const documentOf = async (app = service().app) => (await app.request('/openapi.json')).json()

describe('/openapi.json', () => {
  test('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(await documentOf())
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined })
  })

  test('describes every route, and no other', async () => {
    const { paths } = await documentOf()
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => `${method} ${path}`),
    )
    const routes = apiRoutes(engine, registry).map(({ method, path }) => `${method} ${path}`)
    expect(described.sort()).toEqual(routes.sort())
  })

  test('has a target for every reference', async () => {
    const document = await documentOf()
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target)
    expect(references.length).toBeGreaterThan(10)
    for (const target of references) expect([target, resolve(document, target)]).toEqual([target, expect.any(Object)])
  })

  test('says each operation once, with words for people and a status for success', async () => {
    const { paths } = await documentOf()
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods as object))
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    for (const { operationId, summary, tags, responses } of operations) {
      expect({ operationId, summary, tags }).toEqual({
        operationId,
        summary: expect.stringMatching(/./),
        tags: [expect.stringMatching(/./)],
      })
      expect(Object.keys(responses).filter((status) => status.startsWith('2'))).not.toEqual([])
    }
  })

  test('gives the form of a tool its files, its parameters with default and range, and an example', async () => {
    const { post } = (await documentOf()).paths[RUN]
    const { schema } = post.requestBody.content['multipart/form-data']
    expect(schema.required).toEqual(['image', 'template'])
    expect(schema.properties).toMatchObject({
      image: { type: 'string', format: 'binary' },
      threshold: { type: 'number', minimum: 0.1, maximum: 1, default: 0.8 },
      method: { enum: expect.arrayContaining(['TM_SQDIFF']), default: 'TM_CCOEFF_NORMED' },
    })
    expect(post.responses['201'].content['application/json'].example).toMatchObject({ tool: 'template' })
  })

  test('has the example of a tool in the form that its schema asks for', async () => {
    const { paths, components } = await documentOf()
    const { example } = paths[RUN].post.responses['201'].content['application/json']
    expect(Object.keys(example).sort()).toEqual(Object.keys(components.schemas.Task.properties).sort())
  })

  test('has every status that a route can give', async () => {
    const { paths } = await documentOf()
    const statuses = (path: string, method: string) => Object.keys(paths[path][method].responses)
    expect(statuses(RUN, 'post')).toEqual(['201', '400', '401', '403', '413', '422', '500', '503'])
    expect(statuses('/api/v1/tasks', 'get')).toEqual(['200', '401', '422', '500'])
    expect(statuses('/api/v1/tasks/{uid}', 'get')).toEqual(['200', '401', '404', '422', '500'])
    expect(statuses('/api/v1/tasks/{uid}', 'delete')).toEqual(['200', '401', '403', '404', '409', '422', '500'])
    expect(statuses('/api/v1/tasks/{uid}/events', 'get')).toEqual(['200', '204', '401', '404', '422', '500'])
    expect(statuses('/results/{uid}/{name}', 'get')).toEqual(['200', '304', '401', '404', '422', '500'])
    expect(statuses('/api/v1/remove-watermark', 'post')).toEqual([
      '200',
      '400',
      '401',
      '403',
      '413',
      '429',
      '500',
      '503',
    ])
  })
})

test('a route says whether it needs a key, and the inpainting family has errors of its own form', async () => {
  const { paths, components } = await documentOf()
  expect(components.securitySchemes.key).toMatchObject({ in: 'header', name: 'X-API-Key' })
  const { security, responses } = paths['/api/v1/remove-watermark'].post
  expect(security).toEqual([{ key: [] }])
  expect(responses['401']).toEqual({ $ref: '#/components/responses/Inpaint401' })
  expect(paths['/api/v1/tasks'].get.security).toEqual([{}, { key: [] }])
  expect(paths['/api/v1/health'].get.security).toBeUndefined()
})

describe('a tool that is added to the registry', () => {
  const invert = defineSpec({
    ...registry[0].spec,
    id: 'invert-colors',
    tool: 'invert',
    path: 'invert',
    title: 'Inversion',
    summary: 'Makes a negative.',
    inputs: [{ name: 'photo', kind: 'raster', title: 'Photo' }],
    params: z.object({ strength: z.int().min(1).max(9).default(5).meta({ title: 'Strength' }) }),
    result: z.object({ mean: z.number() }),
    artefacts: [{ name: 'negative', title: 'Negative' }],
  })
  const load = () => Promise.reject(new Error('routes load no code'))
  const app = createApp(engine, { tools: [...registry, { spec: invert, load }] })

  test('takes its own form', async () => {
    const accepted = await app.request('/api/v1/invert', form({ photo: png(), strength: '7' }))
    expect(await accepted.json()).toMatchObject({ tool: 'invert', params: { strength: 7 } })
    const refused = await app.request('/api/v1/invert', form(pictures))
    expect((await refused.json()).detail.map(({ loc }: { loc: string[] }) => loc[1])).toEqual([
      'photo',
      'image',
      'template',
    ])
  })

  test('is listed with its schemas', async () => {
    const { tools } = await (await app.request('/api/v1/tools')).json()
    expect(tools.map(({ id }: { id: string }) => id)).toEqual([...registry.map(({ spec }) => spec.id), 'invert-colors'])
    expect(tools.at(-1)).toMatchObject({
      path: '/api/v1/invert',
      inputs: [{ name: 'photo' }],
      params: { properties: { strength: { type: 'integer', minimum: 1, maximum: 9, default: 5 } } },
      result: { properties: { mean: { type: 'number' } } },
      artefacts: [{ name: 'negative' }],
    })
  })

  test('is in the OpenAPI document, which stays valid', async () => {
    const document = await documentOf(app)
    expect(document.paths['/api/v1/invert'].post).toMatchObject({ operationId: 'runInvertColors' })
    expect(document.components.schemas.InvertColorsResult.properties).toHaveProperty('mean')
    expect((await new Validator().validate(document)).valid).toBe(true)
  })
})

function resolve(document: unknown, target: string): unknown {
  const keys = target.replace(/^#\//, '').split('/')
  return keys.reduce<unknown>((inner, key) => Reflect.get(inner as object, key), document)
}
