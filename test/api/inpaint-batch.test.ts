import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { Draft } from '../../server/api/engine'
import { form, png, service, UNKNOWN_UID } from './support'

const BATCH = '/api/v1/batch'
type Fields = Parameters<typeof form>[0]

const open = () => {
  const drafts: Draft[] = []
  const { app, engine } = service()
  const submit = engine.submit.bind(engine)
  engine.submit = (draft) => {
    drafts.push(draft)
    return submit(draft)
  }
  const post = async (fields: Fields) => {
    const response = await app.request(BATCH, form(fields))
    return { status: response.status, headers: response.headers, body: await response.json() }
  }
  const get = async (path: string) => (await app.request(path)).json()
  return { app, engine, drafts, post, get }
}

const TWO = [png('a.png'), png('b.jpg')]
const ERASED = {
  found: true,
  mask_source: 'given',
  engine: 'classic',
  model: null,
  erased_pixels: 40,
  changed_outside: 0,
  notes: [],
}

const inputsOf = ({ inputs }: Draft) => inputs.map(({ slot, item, file }) => [slot, item, file.name])

describe('a batch', () => {
  test('is accepted with the address of its status, and is a task like any other', async () => {
    const { app, post, get } = open()
    const { status, headers, body } = await post({ images: TWO, engine: 'classic' })
    expect(status).toBe(202)
    expect(body).toEqual({
      task_id: body.task_id,
      status: 'pending',
      status_url: `${BATCH}/${body.task_id}`,
      images: 2,
    })
    expect(headers.get('location')).toBe(body.status_url)
    expect(await get(body.status_url)).toMatchObject({ status: 'pending', images: 2, results: [], archive_url: null })
    const task = await (await app.request(`/api/v1/tasks/${body.task_id}`)).json()
    expect(task).toMatchObject({ tool: 'inpaint', params: { engine: 'classic', format: 'png' } })
  })

  test('gives each picture the mask of its name, and the others the one for all', async () => {
    const { post, drafts } = open()
    const masks = [png('B.PNG')]
    expect((await post({ images: TWO, masks, mask: png('all.png') })).status).toBe(202)
    expect(inputsOf(drafts[0])).toEqual([
      ['image', 0, 'a.png'],
      ['image', 1, 'b.jpg'],
      ['mask', 1, 'B.PNG'],
      ['mask', undefined, 'all.png'],
    ])
  })

  test('takes pictures that differ only in their extension, each with its own mask', async () => {
    const { post, drafts } = open()
    const images = [png('a.png'), png('a.jpg')]
    expect((await post({ images, masks: [png('a.jpg'), png('a.png')] })).status).toBe(202)
    expect(inputsOf(drafts[0]).filter(([slot]) => slot === 'mask')).toEqual([
      ['mask', 0, 'a.png'],
      ['mask', 1, 'a.jpg'],
    ])
  })

  test('tells the progress, then every picture with its address or why there is none', async () => {
    const { engine, post, get } = open()
    const { body } = await post({ images: TWO })
    engine.start(body.task_id, 1, 2)
    expect(await get(body.status_url)).toMatchObject({ status: 'processing', progress: { done: 1, total: 2 } })
    const items = [
      { name: 'a.png', files: ['erased_a.png'], data: ERASED },
      { name: 'b.jpg', code: 'unreadable', error: 'Picture: the file is cut short' },
    ]
    engine.succeed(body.task_id, { items }, [new File(['picture a'], 'erased_a.png', { type: 'image/png' })])
    const done = await get(body.status_url)
    expect(done).toMatchObject({
      status: 'completed',
      succeeded: 1,
      failed: 1,
      archive_url: `${body.status_url}/files.zip`,
    })
    expect(done.results).toEqual([
      { filename: 'a.png', url: `${body.status_url}/files/erased_a.png`, ...ERASED },
      { filename: 'b.jpg', error: 'Picture: the file is cut short', error_code: 'unreadable' },
    ])
  })

  test('gives its pictures one by one and as one ZIP, and leaves nothing open', async () => {
    const { app, engine, post, get } = open()
    const { body } = await post({ images: TWO })
    const files = ['erased_a.png', 'erased_b.png'].map(
      (name) => new File([`bytes of ${name}`], name, { type: 'image/png' }),
    )
    const items = files.map(({ name }, i) => ({ name: TWO[i].name, files: [name], data: ERASED }))
    engine.succeed(body.task_id, { items }, files)
    const { results, archive_url } = await get(body.status_url)
    const picture = await app.request(results[1].url)
    expect([picture.headers.get('content-type'), await picture.text()]).toEqual(['image/png', 'bytes of erased_b.png'])

    const archive = await app.request(archive_url)
    expect(archive.headers.get('content-type')).toBe('application/zip')
    const unzipped = unzipSync(new Uint8Array(await archive.arrayBuffer()))
    const texts = Object.entries(unzipped).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)])
    expect(texts).toEqual([
      ['erased_a.png', 'bytes of erased_a.png'],
      ['erased_b.png', 'bytes of erased_b.png'],
    ])
    expect(engine.openStreams).toBe(0)
  })

  test('closes the file that it is at when the download breaks off', async () => {
    const { app, engine, post } = open()
    const { body } = await post({ images: [png('a.png')] })
    engine.succeed(body.task_id, { items: [{ name: 'a.png', files: ['erased_a.png'], data: ERASED }] }, [
      png('erased_a.png'),
    ])
    let isClosed = false
    const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: (controller) => controller.enqueue(new Uint8Array(1000)),
      cancel: () => {
        isClosed = true
      },
    })
    engine.file = async () => ({ body: endless, size: 1, type: 'image/png' })
    const reader = (await app.request(`${BATCH}/${body.task_id}/files.zip`)).body?.getReader()
    for (let i = 0; i < 4; i++) expect((await reader?.read())?.done).toBe(false)
    expect(isClosed).toBe(false)
    await reader?.cancel()
    expect(isClosed).toBe(true)
  })

  test('hands over whom to call back, by the rules of webhooks', async () => {
    const { post, drafts } = open()
    const fields = { callback_url: 'https://example.org/hook', callback_secret: 'a long random text' }
    expect((await post({ images: TWO, ...fields })).status).toBe(202)
    expect(drafts[0].callback).toEqual({ url: 'https://example.org/hook', secret: 'a long random text' })
    expect(drafts[0].params).not.toHaveProperty('callback_url')
  })
})

describe('refuses, naming what is wrong in the family’s own form', () => {
  const refused = async (fields: Fields) => {
    const { post, drafts, engine } = open()
    const { status, body } = await post(fields)
    expect(drafts).toEqual([])
    expect(engine.stored.size).toBe(0)
    return { ...body, status }
  }

  test.each<[what: string, Fields, detail: RegExp]>([
    ['no pictures', { engine: 'classic' }, /^images: Field required$/],
    ['a mask of nobody', { images: TWO, masks: [png('c.png')] }, /masks.*No picture is called like the mask "c\.png"/],
    ['two masks for one', { images: TWO, masks: [png('a.png'), png('a.jpg')] }, /2 masks are for the picture "a\.png"/],
    [
      'a mask for two of one name',
      { images: [png('a.png'), png('a.png')], masks: [png('a.png')] },
      /2 pictures are called like the mask "a\.png"; give each a name of its own/,
    ],
    ['two masks for all', { images: TWO, mask: [png('m.png'), png('n.png')] }, /^mask: .*at most 1 item/],
    [
      'a callback that is no address',
      { images: TWO, callback_url: 'example' },
      /^callback_url: .*should be a whole URL/,
    ],
    ['a secret without an address', { images: TWO, callback_secret: 'x' }, /^callback_url: /],
    ['an engine there is none of', { images: TWO, engine: 'magic' }, /^engine: Input should be/],
    ['a parameter there is none of', { images: TWO, colour: 'red' }, /^colour: /],
    [
      'all of it at once',
      { images: TWO, masks: [png('c.png')], callback_url: 'x', engine: 'magic' },
      /masks.*callback_url.*engine/,
    ],
  ])('%s', async (_, fields, detail) => {
    const body = await refused(fields)
    expect(body).toEqual({ error: 'Bad Request', detail: expect.stringMatching(detail), status_code: 400, status: 400 })
  })

  test('more pictures than one request may have', async () => {
    const images = Array.from({ length: 51 }, (_, i) => png(`${i}.png`))
    const body = await refused({ images })
    expect([body.status, body.error]).toEqual([413, 'Content Too Large'])
    expect(body.detail).toContain('at most 50 pictures')
  })

  test('a body that is no form', async () => {
    const response = await open().app.request(BATCH, { method: 'POST', body: '{}' })
    expect([response.status, (await response.json()).detail]).toEqual([400, 'images: Field required'])
  })
})

describe('there is nothing to read', () => {
  test('of a task that is none, or another tool’s', async () => {
    const { app, engine } = open()
    const other = engine.put({
      ...{ uid: UNKNOWN_UID as never, tool: 'match-template', params: {}, inputs: [], owner: null, attempts: 0 },
      ...{ createdAt: new Date(), updatedAt: new Date(), state: 'queued' },
    })
    for (const path of [`${BATCH}/22222222-2222-3333-4444-555555555555`, `${BATCH}/${other.uid}`]) {
      const response = await app.request(path)
      expect([response.status, (await response.json()).detail]).toEqual([404, 'Task not found'])
    }
  })

  test('as a ZIP before the end, and after one without a picture', async () => {
    const { app, engine, post } = open()
    const { body } = await post({ images: TWO })
    const zip = () => app.request(`${body.status_url}/files.zip`)
    expect((await zip()).status).toBe(409)
    const items = TWO.map(({ name }) => ({ name, code: 'unreadable', error: 'no picture' }))
    engine.succeed(body.task_id, { items })
    expect((await zip()).status).toBe(404)
    expect(await (await app.request(body.status_url)).json()).toMatchObject({ failed: 2, archive_url: null })
  })
})
