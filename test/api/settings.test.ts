import { describe, expect, test } from 'vitest'
import { registry } from '../../operators/registry'
import { form, pictures, RUN, service } from './support'

const TEMPLATE = '/api/v1/settings/template'
const DEFAULTS = { method: 'TM_CCOEFF_NORMED', threshold: 0.8, max_results: 20, use_grayscale: true }

const json = (body: unknown): RequestInit => ({
  method: 'PUT',
  headers: { 'Content-Type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

function settings() {
  const host = service()
  const put = (body: unknown) => host.app.request(TEMPLATE, json(body))
  const read = async () => (await host.app.request(TEMPLATE)).json()
  return { ...host, put, read }
}

describe('settings of a tool', () => {
  test.each(registry.filter(({ spec }) => !spec.required))(
    'are the defaults of $spec.tool until somebody changes them',
    async ({ spec }) => {
      const response = await service().app.request(`/api/v1/settings/${spec.tool}`)
      expect(await response.json()).toEqual({ tool: spec.tool, params: spec.params.parse({}) })
    },
  )

  test('are answered and kept as they were put, what was left out by default', async () => {
    const { put, read } = settings()
    const expected = { tool: 'template', params: { ...DEFAULTS, threshold: 0.9, use_grayscale: false } }
    const response = await put({ threshold: 0.9, use_grayscale: false })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual(expected)
    expect(await read()).toEqual(expected)
  })

  test('are replaced as a whole', async () => {
    const { put, read } = settings()
    await put({ threshold: 0.9 })
    await put({ max_results: 5 })
    expect((await read()).params).toEqual({ ...DEFAULTS, max_results: 5 })
  })

  test('are taken as they are answered', async () => {
    const { put, read } = settings()
    await put({ max_results: 7 })
    expect((await put((await read()).params)).status).toBe(200)
    expect((await read()).params).toEqual({ ...DEFAULTS, max_results: 7 })
  })

  test('are taken as the whole answer too', async () => {
    const { put, read } = settings()
    await put({ max_results: 7 })
    const whole = await read()
    expect((await put({ ...whole, params: { ...whole.params, threshold: 0.9 } })).status).toBe(200)
    expect(await read()).toEqual({ tool: 'template', params: { ...DEFAULTS, max_results: 7, threshold: 0.9 } })
  })

  test('stand in for parameters that a POST leaves out, and only for those', async () => {
    const { app, put } = settings()
    await put({ threshold: 0.9, max_results: 3 })
    const task = await (await app.request(RUN, form({ ...pictures, max_results: '4' }))).json()
    expect(task.params).toEqual({ ...DEFAULTS, threshold: 0.9, max_results: 4 })
  })

  test('leave tasks alone that have been accepted', async () => {
    const { app, put } = settings()
    const { uid } = await (await app.request(RUN, form(pictures))).json()
    await put({ threshold: 0.9 })
    expect((await (await app.request(`/api/v1/tasks/${uid}`)).json()).params).toEqual(DEFAULTS)
  })

  test('that a later version of the tool no longer takes give way to its default', async () => {
    const { engine, read } = settings()
    await engine.settings.write('match-template', { threshold: 7, max_results: 3, gone: true })
    expect((await read()).params).toEqual({ ...DEFAULTS, max_results: 3 })
  })
})

describe('settings that are wrong', () => {
  test.each([
    [{ threshold: 1.5 }, ['less_than_equal', 'threshold', 'Input should be less than or equal to 1.0']],
    [{ threshold: '0.9' }, ['float_parsing', 'threshold', expect.stringContaining('valid number')]],
    [{ max_results: 2.5 }, ['int_from_float', 'max_results', expect.stringContaining('valid integer')]],
    [{ method: 'TM_GUESS' }, ['enum', 'method', expect.stringContaining("'TM_SQDIFF'")]],
    [{ treshold: 0.9 }, ['extra_forbidden', 'treshold', 'Extra inputs are not permitted']],
    [{ threshold: null }, ['float_type', 'threshold', 'Input should be a valid number']],
  ])('%j is a 422 that names the field, and nothing is changed', async (body, [type, field, msg]) => {
    const { put, read } = settings()
    await put({ max_results: 5 })
    const response = await put(body)
    expect(response.status).toBe(422)
    expect((await response.json()).detail).toMatchObject([{ type, loc: ['body', field], msg }])
    expect((await read()).params).toEqual({ ...DEFAULTS, max_results: 5 })
  })

  test.each([
    [{ tool: 'feature', params: {} }, ['tool'], "Input should be 'template'"],
    [{ tool: 'template', params: { threshold: 2 } }, ['params', 'threshold'], expect.stringContaining('1.0')],
    [{ tool: 'template', params: { treshold: 2 } }, ['params', 'treshold'], 'Extra inputs are not permitted'],
    [{ tool: 'template', params: null }, ['params'], 'Input should be a valid dictionary'],
    [{ params: {}, threshold: 0.9 }, ['threshold'], 'Extra inputs are not permitted'],
  ])('%j, a whole answer that is wrong, is a 422 that names the place', async (body, place, msg) => {
    const response = await settings().put(body)
    expect(response.status).toBe(422)
    expect((await response.json()).detail).toMatchObject([{ loc: ['body', ...place], msg }])
  })

  test('are all named at once', async () => {
    const { detail } = await (await settings().put({ threshold: 2, max_results: 0 })).json()
    expect(detail.map(({ loc }: { loc: string[] }) => loc[1])).toEqual(['threshold', 'max_results'])
  })

  test.each([['[]'], ['"x"'], ['null'], ['3']])('%s is no set of parameters', async (body) => {
    const response = await settings().put(body)
    expect(response.status).toBe(422)
    expect((await response.json()).detail).toMatchObject([{ type: 'dict_type', loc: ['body'] }])
  })

  test('in broken JSON are refused with what is wrong in it', async () => {
    const response = await settings().put('{"threshold": 0.9')
    expect(response.status).toBe(422)
    expect((await response.json()).detail).toMatchObject([
      { type: 'json_invalid', loc: ['body'], msg: expect.stringMatching(/^JSON decode error: ./) },
    ])
  })

  test('in a form are refused with the type that is due', async () => {
    const response = await service().app.request(TEMPLATE, { method: 'PUT', body: new URLSearchParams('threshold=1') })
    expect(response.status).toBe(422)
    expect((await response.json()).detail).toMatchObject([
      { loc: ['header', 'content-type'], msg: 'Input should be application/json' },
    ])
  })

  test('over a megabyte are not read', async () => {
    expect((await settings().put(`{"method":"${'x'.repeat(1e6)}"}`)).status).toBe(413)
  })

  test.each(['GET', 'PUT'])('%s of a tool that there is not is a 404 that names those there are', async (method) => {
    const init = method === 'PUT' ? json({}) : {}
    const response = await service().app.request('/api/v1/settings/colour', init)
    expect(response.status).toBe(404)
    expect((await response.json()).detail).toMatch(/"colour" has no settings.*template/)
  })
})
