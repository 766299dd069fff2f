import { describe, expect, test } from 'vitest'
import { fieldError, ToolError } from '../../core/errors'
import { form, pictures, png, RUN, service } from './support'

async function refused(fields: Parameters<typeof form>[0]) {
  const { app, engine, logged } = service()
  const response = await app.request(RUN, form(fields))
  const { detail } = await response.json()
  expect(engine.stored.size).toBe(0)
  expect(logged).toEqual([])
  return { status: response.status, detail }
}

describe('POST for a tool', () => {
  test('answers 201 with the queued task of the contract', async () => {
    const { app } = service()
    const response = await app.request(RUN, form(pictures))
    const task = await response.json()
    expect(response.status).toBe(201)
    expect(response.headers.get('Location')).toBe(`/api/v1/tasks/${task.uid}`)
    expect(task).toMatchObject({
      uid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      status: 'queued',
      tool: 'template',
      params: { method: 'TM_CCOEFF_NORMED', threshold: 0.8, max_results: 20, use_grayscale: true },
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/),
      input_files: [`uploads/${task.uid}/screenshot.png`, `uploads/${task.uid}/icon.png`],
      thumbnails: [`thumbnails/${task.uid}/screenshot.png`, `thumbnails/${task.uid}/icon.png`],
      result_files: [],
      result_data: {},
      error: null,
    })
  })

  test('keeps the uploads of the task and nothing else', async () => {
    const { app, engine } = service()
    const { input_files, thumbnails } = await (await app.request(RUN, form(pictures))).json()
    expect([...engine.stored.keys()].sort()).toEqual([...thumbnails, ...input_files].sort())
  })

  test.each([
    ['1', true],
    ['yes', true],
    ['On', true],
    ['TRUE', true],
    ['0', false],
    ['no', false],
    ['off', false],
    ['False', false],
  ])('reads %s as a boolean', async (text, use_grayscale) => {
    const { app } = service()
    const response = await app.request(RUN, form({ ...pictures, use_grayscale: text }))
    expect((await response.json()).params.use_grayscale).toBe(use_grayscale)
  })

  test('reads numbers in every way they are written', async () => {
    const { app } = service()
    const response = await app.request(RUN, form({ ...pictures, threshold: ' 5e-1 ', max_results: '+7.0' }))
    expect((await response.json()).params).toMatchObject({ threshold: 0.5, max_results: 7 })
  })

  test('takes an empty text for a field left out', async () => {
    const { app } = service()
    const response = await app.request(RUN, form({ ...pictures, method: '', threshold: '' }))
    expect((await response.json()).params).toMatchObject({ method: 'TM_CCOEFF_NORMED', threshold: 0.8 })
  })

  test('answers with a slash at the end too', async () => {
    const { app } = service()
    expect((await app.request(`${RUN}/`, form(pictures))).status).toBe(201)
  })
})

describe('a wrong field is named with what would be right', () => {
  test.each([
    ['threshold', '1.5', 'less_than_equal', 'Input should be less than or equal to 1.0', 1.5],
    ['threshold', '0.05', 'greater_than_equal', 'Input should be greater than or equal to 0.1', 0.05],
    [
      'threshold',
      'high',
      'float_parsing',
      'Input should be a valid number, unable to parse string as a number',
      'high',
    ],
    ['threshold', '0x1', 'float_parsing', 'Input should be a valid number, unable to parse string as a number', '0x1'],
    ['threshold', 'nan', 'finite_number', 'Input should be a finite number', 'NaN'],
    ['threshold', '-inf', 'finite_number', 'Input should be a finite number', '-Infinity'],
    ['threshold', '1e999', 'finite_number', 'Input should be a finite number', 'Infinity'],
    ['max_results', '0', 'greater_than_equal', 'Input should be greater than or equal to 1', 0],
    ['max_results', '99999999999999999999', 'less_than_equal', 'Input should be less than or equal to 1000', 1e20],
    [
      'max_results',
      '2.5',
      'int_parsing',
      'Input should be a valid integer, unable to parse string as an integer',
      '2.5',
    ],
    ['use_grayscale', 'maybe', 'bool_parsing', 'Input should be a valid boolean, unable to interpret input', 'maybe'],
  ])('%s %s', async (name, text, type, msg, input) => {
    const { status, detail } = await refused({ ...pictures, [name]: text })
    expect(status).toBe(422)
    expect(detail).toEqual([{ type, loc: ['body', name], msg, input }])
  })

  test('an unknown method is answered with all that there are', async () => {
    const { detail } = await refused({ ...pictures, method: 'TM_NONE' })
    expect(detail).toEqual([
      {
        type: 'enum',
        loc: ['body', 'method'],
        msg: "Input should be 'TM_CCOEFF_NORMED', 'TM_CCORR_NORMED', 'TM_SQDIFF_NORMED', 'TM_CCOEFF', 'TM_CCORR' or 'TM_SQDIFF'",
        input: 'TM_NONE',
      },
    ])
  })

  test('a missing file', async () => {
    const { status, detail } = await refused({ image: png() })
    expect(status).toBe(422)
    expect(detail).toEqual([{ type: 'missing', loc: ['body', 'template'], msg: 'Field required', input: null }])
  })

  test('a file field left empty in a browser is a missing file', async () => {
    const { detail } = await refused({ image: png(), template: new File([], '') })
    expect(detail).toMatchObject([{ type: 'missing', loc: ['body', 'template'] }])
  })

  test('two files where one is due', async () => {
    const { detail } = await refused({ ...pictures, image: [png('a.png'), png('b.png')] })
    expect(detail).toEqual([
      {
        type: 'too_long',
        loc: ['body', 'image'],
        msg: 'List should have at most 1 item after validation, not 2',
        input: ['a.png', 'b.png'],
      },
    ])
  })

  test('two values where one is due', async () => {
    const { detail } = await refused({ ...pictures, threshold: ['0.5', '7'] })
    expect(detail).toMatchObject([{ type: 'too_long', loc: ['body', 'threshold'], input: ['0.5', '7'] }])
  })

  test('text where a file is due, and a file where text is due', async () => {
    const { detail } = await refused({ image: 'cat', template: png(), threshold: png('0.8.png') })
    expect(detail).toEqual([
      { type: 'value_error', loc: ['body', 'image'], msg: 'Value error, Expected a file, received text', input: 'cat' },
      { type: 'string_type', loc: ['body', 'threshold'], msg: 'Input should be text, not a file', input: '0.8.png' },
    ])
  })

  test('wrong field names, of texts and of files', async () => {
    const { detail } = await refused({ ...pictures, treshold: '0.5', picture: png('x.png') })
    expect(detail).toEqual([
      { type: 'extra_forbidden', loc: ['body', 'treshold'], msg: 'Extra inputs are not permitted', input: '0.5' },
      { type: 'extra_forbidden', loc: ['body', 'picture'], msg: 'Extra inputs are not permitted', input: 'x.png' },
    ])
  })

  test('names that every object has are wrong field names too', async () => {
    const { detail } = await refused({ ...pictures, constructor: '1', ['__proto__']: '2', toString: '3' })
    expect(detail.map(({ type }: { type: string }) => type)).toEqual(detail.map(() => 'extra_forbidden'))
    expect(detail.map(({ loc }: { loc: string[] }) => loc[1])).toEqual(['constructor', '__proto__', 'toString'])
  })

  test('21 at once, each once', async () => {
    const strangers = Array.from({ length: 15 }, (_, i) => `p${i}`)
    const { detail } = await refused({
      ...Object.fromEntries(strangers.map((name) => [name, '1'])),
      method: 'best',
      threshold: '1.5',
      max_results: 'many',
      use_grayscale: 'perhaps',
      image: 'a text',
    })
    const named = ['image', 'template', 'method', 'threshold', 'max_results', 'use_grayscale', ...strangers]
    expect(detail.map(({ loc }: { loc: string[] }) => loc[1])).toEqual(named)
    expect(named).toHaveLength(21)
  })

  test('a long text is shown shortened', async () => {
    const { detail } = await refused({ ...pictures, method: 'x'.repeat(100_000) })
    expect(detail[0].input).toBe(`${'x'.repeat(500)}…`)
  })
})

describe('a body that cannot be read', () => {
  test.each([
    ['JSON', { 'Content-Type': 'application/json' }, '{"threshold":1}'],
    ['a form of text only', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'threshold=1'],
  ])('%s is refused with the kind that is due and the files that are missing', async (_, headers, body) => {
    const { app } = service()
    const response = await app.request(RUN, { method: 'POST', headers, body })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({
      detail: [
        { loc: ['header', 'content-type'], msg: 'Input should be multipart/form-data' },
        { type: 'missing', loc: ['body', 'image'] },
        { type: 'missing', loc: ['body', 'template'] },
      ],
    })
  })

  test('nothing at all is refused likewise', async () => {
    const { app } = service()
    expect((await app.request(RUN, { method: 'POST' })).status).toBe(422)
  })

  test('broken multipart is a 400', async () => {
    const { app, logged } = service()
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' }
    const response = await app.request(RUN, { method: 'POST', headers, body: 'not multipart' })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ detail: 'The multipart body cannot be read' })
    expect(logged).toEqual([])
  })
})

describe('what the engine refuses', () => {
  async function answer(refusal: Error) {
    const { app, engine, logged } = service()
    engine.refusal = refusal
    const response = await app.request(RUN, form(pictures))
    expect(engine.stored.size).toBe(0)
    return { response, body: await response.json(), logged }
  }

  test('an unreadable picture is a 422 that names its field', async () => {
    const { response, body } = await answer(fieldError('unreadable', 'image', 'Image: this is not a picture'))
    expect(response.status).toBe(422)
    expect(body).toEqual({
      detail: [{ type: 'value_error', loc: ['body', 'image'], msg: 'Image: this is not a picture', input: null }],
    })
  })

  test('an upload over the limit is a 413 with a sentence', async () => {
    const { app, engine } = service()
    const large = new File([new Uint8Array(engine.limits.upload.fileBytes + 1)], 'large.png')
    const response = await app.request(RUN, form({ ...pictures, image: large }))
    expect(response.status).toBe(413)
    expect(await response.json()).toEqual({ detail: 'image: a file may have at most 1000000 bytes' })
    expect(engine.stored.size).toBe(0)
  })

  test('a full queue is a 503 that says when to come back', async () => {
    const { response, body } = await answer(new ToolError('busy', 'The queue is full'))
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toMatch(/^\d+$/)
    expect(body).toEqual({ detail: 'The queue is full' })
  })

  test('what this host cannot do is a 503', async () => {
    const { response, body } = await answer(new ToolError('unavailable', 'No page is open'))
    expect(response.status).toBe(503)
    expect(body).toEqual({ detail: 'No page is open' })
  })

  test('a surprise is logged, and its words are not shown', async () => {
    const surprise = new Error('password is wrong')
    const { response, body, logged } = await answer(surprise)
    expect(response.status).toBe(500)
    expect(body).toEqual({ detail: 'Internal Server Error' })
    expect(logged).toEqual([surprise])
  })

  test('an upload that the client breaks off is no mistake of ours', async () => {
    const { app, engine, logged } = service()
    const connection = new AbortController()
    engine.receive = async () => {
      connection.abort()
      throw new Error('aborted')
    }
    const response = await app.request(RUN, { ...form(pictures), signal: connection.signal })
    expect(response.status).toBe(400)
    expect(logged).toEqual([])
  })
})
