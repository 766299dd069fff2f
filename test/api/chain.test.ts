import { describe, expect, test } from 'vitest'
import { withNames } from '../../server/api/contracts/chain'
import { form, pictures, service } from './support'

const CHAIN = '/api/v1/match/chain'
const LAX = { tool: 'template', params: { threshold: 0.5 } }
const DEFAULTS = { method: 'TM_CCOEFF_NORMED', threshold: 0.8, max_results: 20, use_grayscale: true }

const post = (steps: unknown, host = service()) =>
  host.app.request(CHAIN, form({ ...pictures, steps: typeof steps === 'string' ? steps : JSON.stringify(steps) }))

async function refused(steps: unknown) {
  const host = service()
  const response = await post(steps, host)
  expect({ status: response.status, stored: host.engine.stored.size }).toEqual({ status: 422, stored: 0 })
  return (await response.json()).detail
}

describe('POST a chain', () => {
  test('answers the queued task with its steps, defaults filled in', async () => {
    const response = await post([{ tool: 'template' }, LAX])
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({
      tool: 'chain',
      status: 'queued',
      params: {
        steps: [
          { tool: 'template', params: DEFAULTS },
          { tool: 'template', params: { ...DEFAULTS, threshold: 0.5 } },
        ],
      },
    })
  })

  test('leaves settings aside: a saved chain gives the same answer everywhere', async () => {
    const host = service()
    await host.engine.settings.write('match-template', { threshold: 0.3 })
    const { params } = await (await post([{ tool: 'template' }], host)).json()
    expect(params.steps[0].params).toEqual(DEFAULTS)
  })

  test('has no settings of its own', async () => {
    expect((await service().app.request('/api/v1/settings/chain')).status).toBe(404)
  })

  test('answers the files of each step by their paths', async () => {
    const host = service()
    const { uid } = await (await post([LAX], host)).json()
    const made = new File(['…'], 'step-1-matches.png', { type: 'image/png' })
    const step = { step: 1, tool: 'template', params: DEFAULTS, status: 'done', found: true, result_data: {} }
    const data = {
      chain_result: 'found',
      completed_step: 1,
      total_steps: 2,
      steps: [
        { ...step, result_files: ['step-1-matches.png'] },
        { step: 2, tool: 'feature', params: {}, status: 'skipped' },
      ],
    }
    host.engine.succeed(uid, data, [made])
    const task = await (await host.app.request(`/api/v1/tasks/${uid}`)).json()
    const [first, second] = task.result_data.steps
    expect(first.result_files).toEqual([`results/${uid}/step-1-matches.png`])
    expect(first.result_files).toEqual(task.result_files)
    expect(second).toEqual(data.steps[1])
    expect((await host.app.request(`/${first.result_files[0]}`)).status).toBe(200)
    expect(withNames(task.result_data)).toEqual(data)
    expect(Object.keys(first)).toEqual([...Object.keys(step), 'result_files'])
  })

  test('is documented with what must be sent', async () => {
    const document = await (await service().app.request('/openapi.json')).json()
    const { schema } = document.paths[CHAIN].post.requestBody.content['multipart/form-data']
    expect(schema.required).toEqual(['image', 'template', 'steps'])
    expect(schema.properties.steps).toMatchObject({ type: 'array', minItems: 1, maxItems: 10 })
  })
})

describe('steps that are wrong are a 422 that names the place', () => {
  const TOOLS = "Input should be 'template', 'feature' or 'surface'"
  const eleven = Array.from({ length: 11 }, () => LAX)
  test.each([
    ['none', [], 'too_short', [], 'List should have at least 1 item after validation, not 0'],
    ['eleven', eleven, 'too_long', [], 'List should have at most 10 items after validation, not 11'],
    ['an unknown tool', [LAX, { tool: 'magic' }], 'enum', [1, 'tool'], TOOLS],
    ['no tool', [{ params: {} }], 'missing', [0, 'tool'], 'Field required'],
    ['a chain in a chain', [{ tool: 'chain' }], 'enum', [0, 'tool'], TOOLS],
    ['a number', [7], 'dict_type', [0], 'Input should be a valid dictionary'],
    [
      'a parameter out of range',
      [LAX, { tool: 'template', params: { threshold: 1.5 } }],
      'less_than_equal',
      [1, 'params', 'threshold'],
      'Input should be less than or equal to 1.0',
    ],
    [
      'a parameter of another tool',
      [{ tool: 'feature', params: { threshold: 0.5 } }],
      'extra_forbidden',
      [0, 'params', 'threshold'],
      'Extra inputs are not permitted',
    ],
    [
      'a parameter of the wrong type',
      [{ tool: 'feature', params: { max_matches: 1.5 } }],
      'int_from_float',
      [0, 'params', 'max_matches'],
      'Input should be a valid integer, got a number with a fractional part',
    ],
    ['params that are a list', [{ tool: 'template', params: [] }], 'dict_type', [0, 'params'], expect.any(String)],
    ['a stray field', [{ tool: 'template', param: {} }], 'extra_forbidden', [0, 'param'], expect.any(String)],
    ['an object', { tool: 'template' }, 'list_type', [], 'Input should be a valid list'],
    ['broken JSON', '[{"tool":', 'json_invalid', [], 'Input should be a valid list, unable to read the text as JSON'],
    ['nothing', '', 'missing', [], 'Field required'],
  ])('%s', async (_, steps, type, loc, msg) => {
    expect(await refused(steps)).toMatchObject([{ type, loc: ['body', 'steps', ...loc], msg }])
  })

  test('all of them at once', async () => {
    const steps = [{ tool: 'template', params: { threshold: 2, max_results: 0 } }, { tool: 'magic' }]
    const detail: { loc: unknown[] }[] = await refused(steps)
    expect(detail.map(({ loc }) => loc.slice(2))).toEqual([
      [0, 'params', 'threshold'],
      [0, 'params', 'max_results'],
      [1, 'tool'],
    ])
  })

  test('a form without steps', async () => {
    const response = await service().app.request(CHAIN, form(pictures))
    expect((await response.json()).detail).toMatchObject([{ type: 'missing', loc: ['body', 'steps'] }])
  })
})
