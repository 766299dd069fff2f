import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openServices, type Services } from '../../server/services'
import { newLibrary } from './copies-library'
import { onEachDatabase } from './databases'
import { dataFolder, silent, startServices, testConfig } from './support'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 }) // the first run of a model opens it and tests it

const OURS = 'darkroom-copies'

let board: Buffer
let page: Buffer
let face: Buffer
beforeAll(async () => {
  const sample = (name: string) => readFile(new URL(`../../public/samples/${name}`, import.meta.url))
  const small = (file: Buffer) => sharp(file).resize(480, 360, { fit: 'cover' }).jpeg().toBuffer()
  board = await small(await sample('board.jpg'))
  page = await small(await sample('page.jpg'))
  face = await small(await readFile(new URL('../fixtures/street.jpg', import.meta.url)))
})

const edited = (file: Buffer, change: (picture: Sharp) => Sharp) => change(sharp(file)).jpeg({ quality: 70 }).toBuffer()

onEachDatabase('the copies family', ({ create }) => {
  let services: Services
  beforeAll(async () => {
    services = await openServices(testConfig(await create()), silent)
  })
  afterAll(() => services.close())

  test('a foreign worker polls, computes and calls back; the copies are linked both ways', async () => {
    const { add, ask, read, answer } = await newLibrary(services)
    const names = ['one.jpg', 'two.jpg', 'three.jpg']
    for (const name of names) expect((await add(board, name, 'mine')).status).toBe(201)
    const waiting = await read('/api/v1/image/all?status=UPLOADED')
    const [one, two, three] = waiting.map(({ id }: { id: number }) => id)
    expect(waiting).toEqual([
      { id: one, name: 'one.jpg', s3_path: expect.stringMatching(/^images\/[0-9a-f-]{36}_one\.jpg$/) },
      expect.objectContaining({ id: one + 1, name: 'two.jpg' }),
      expect.objectContaining({ id: two + 1, name: 'three.jpg' }),
    ])
    for (const [i, copies] of [[], [`${one}`], [two]].entries()) {
      const { id, s3_path, img_callback_url } = await read('/api/v1/image/poll/mine')
      expect([id, s3_path, img_callback_url]).toEqual([
        one + i,
        expect.stringMatching(/^images\//),
        `http://darkroom.test/api/v1/image/${id}/processed`,
      ])
      const response = await ask(new URL(img_callback_url).pathname, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ result: copies, embedding: [3, 4] }),
      })
      expect(response.status).toBe(200)
    }
    const none = await ask('/api/v1/image/poll/mine')
    expect([none.status, await none.json()]).toEqual([404, { detail: 'No images to process' }])
    expect(await read(`/api/v1/image/${one}/processed`)).toEqual({
      img_url: expect.stringMatching(/_one\.jpg$/),
      return: 'true',
      id: `${one}`,
      result: [`${two}`, `${three}`],
    })
    expect(await read(`/image/${three}/return_images/`)).toEqual([
      { id: one, file_link: expect.stringMatching(/_one\.jpg$/) },
      { id: two, file_link: expect.stringMatching(/_two\.jpg$/) },
    ])
    expect((await answer(three, { result: [] })).status).toBe(409)
  })

  test('a picture tells its state and its times as the contract has them', async () => {
    const { add, read } = await newLibrary(services)
    const added = await (await add(board, 'image1.jpg', 'mine', '')).json()
    expect(added).toEqual({
      id: expect.any(Number),
      name: 'image1.jpg',
      status: 'UPLOADED',
      created_at: expect.stringMatching(UTC),
    })
    expect(await read(`/image/${added.id}`)).toMatchObject({
      ...added,
      uploaded_at: expect.stringMatching(UTC),
      s3_path: expect.stringMatching(/^images\//),
    })
    expect(await read(`/api/v1/image/${added.id}/processed`)).toMatchObject({ return: 'false', result: [] })
  })

  test('two workers never get one picture', async () => {
    const { addAll, ask } = await newLibrary(services)
    const added = await addAll(Array(5).fill(board), 'mine')
    const answers = await Promise.all(Array.from({ length: 9 }, () => ask('/api/v1/image/poll/mine')))
    const ids = await Promise.all(answers.filter(({ ok }) => ok).map(async (one) => (await one.json()).id))
    expect(ids.toSorted((a, b) => a - b)).toEqual(added)
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(4)
  })

  test('our own worker finds what was made of a picture, says how, and keeps strangers apart', async () => {
    const { addAll, isProcessed, read, ask, search, setAside, remove } = await newLibrary(services)
    const pictures = [
      board,
      page,
      await edited(board, (picture) => picture.extract({ left: 40, top: 30, width: 380, height: 290 })),
      await edited(board, (picture) => picture.flop().linear(0.8, 10)),
      face,
      board,
    ]
    const ids = await addAll(pictures, OURS)
    for (const id of ids) await isProcessed(id)
    const [original, other, cropped, mirrored, stranger, same] = ids
    const copiesOf = async (id: number) => (await read(`/api/v1/image/${id}/processed`)).result.map(Number)
    expect(await copiesOf(original)).toEqual([cropped, mirrored, same])
    expect(await copiesOf(mirrored)).toEqual([original, cropped, same])
    expect(await copiesOf(other)).toEqual([])
    expect(await copiesOf(stranger)).toEqual([])
    const links: Link[] = await read(`/api/v1/image/${original}/links`)
    const why = Object.fromEntries(links.map(({ id, verdict, evidence }) => [id, [verdict, ...evidence.edits]]))
    expect(why).toEqual({
      [cropped]: ['edited', 'cropped'],
      [mirrored]: ['edited', 'mirrored', 'recolored'],
      [same]: ['same_file'],
    })

    const { model_name, matches } = await (await search(await edited(board, (picture) => picture.rotate(90)))).json()
    expect(model_name).toBe(OURS)
    expect(new Set(matches.map(({ id }: Link) => id))).toEqual(new Set([original, cropped, mirrored, same]))
    expect((await read('/api/v1/image/page')).total).toBe(pictures.length)

    expect((await setAside(original, cropped)).status).toBe(204)
    expect((await setAside(original, other)).status).toBe(404)
    expect((await remove(same)).status).toBe(204)
    expect((await ask(`/api/v1/image/${same}`)).status).toBe(404)
    expect(await copiesOf(original)).not.toContain(same)
  })

  /** Four pictures by a foreign worker; all but the third are copies. */
  async function withGroup() {
    const library = await newLibrary(services)
    const { addAll, answer, read } = library
    const ids = await addAll([board, board, page, board], 'mine')
    for (const copies of [[], [ids[0]], [], [ids[1]]]) {
      const { id } = await read('/api/v1/image/poll/mine')
      expect((await answer(id, { result: copies })).status).toBe(200)
    }
    return { ...library, ids }
  }

  test('groups are listed with their pictures and links, and follow what is set aside, taken back and removed', async () => {
    const { ids, read, remove, setAside } = await withGroup()
    const [one, two, , four] = ids
    const groups = await read('/api/v1/image/groups')
    expect(groups).toMatchObject({ total: 1, groups: [{ id: one, count: 3 }] })
    expect(groups.groups[0].images).toMatchObject([one, two, four].map((id) => ({ id, bytes: board.length })))
    const pairs = (links: { a: number; b: number }[]) => links.map(({ a, b }) => [a, b])
    expect(pairs(groups.groups[0].links)).toEqual([
      [one, two],
      [two, four],
    ])
    expect((await setAside(four, two)).status).toBe(204)
    expect(await read('/image/groups')).toMatchObject({ total: 1, groups: [{ id: one, count: 2 }] })
    expect(await read('/api/v1/image/ignored')).toMatchObject({
      total: 1,
      pairs: [{ a: two, b: four, verdict: 'linked', images: [{ id: two }, { id: four }] }],
    })
    expect((await setAside(four, two, false)).status).toBe(204)
    expect(await read('/api/v1/image/ignored')).toEqual({ total: 0, pairs: [] })
    expect((await remove(two)).status).toBe(204)
    expect(await read('/api/v1/image/groups')).toEqual({ total: 0, groups: [] })
  })

  test('groups come in pages, the newest first', async () => {
    const { addAll, answer, read } = await newLibrary(services)
    const ids = await addAll(Array(6).fill(board), 'mine')
    for (const i of ids.keys()) {
      const { id } = await read('/api/v1/image/poll/mine')
      await answer(id, { result: i % 2 === 1 ? [id - 1] : [] })
    }
    const page = async (query: string) =>
      (await read(`/api/v1/image/groups?${query}`)).groups.map(({ id }: { id: number }) => id)
    expect([await page('limit=2'), await page('limit=2&offset=2')]).toEqual([[ids[4], ids[2]], [ids[0]]])
  })

  test('the library is told in numbers', async () => {
    const { add, ids, read } = await withGroup()
    const { id } = await (await add(board, 'waits.jpg', 'mine')).json()
    expect(await read('/api/v1/image/summary')).toEqual({
      uploaded: 1,
      processing: 0,
      processed: 4,
      unreadable: 0,
      groups: 1,
      set_aside: 0,
      labels: [],
    })
    const newest = await read('/api/v1/image/page?order=newest&limit=2')
    expect(newest.images.map((image: { id: number }) => image.id)).toEqual([id, ids[3]])
    expect((await read('/api/v1/image/page?unreadable=true')).total).toBe(0)
  })

  test('a picture has a small one, also while it waits; it goes with it', async () => {
    const { addAll, ask, remove } = await newLibrary(services)
    const [id] = await addAll([board], 'mine')
    const [one, same] = await Promise.all([ask(`/api/v1/image/${id}/thumbnail`), ask(`/image/${id}/thumbnail`)])
    expect([one.status, one.headers.get('Content-Type')]).toEqual([200, 'image/png'])
    expect(await sharp(await one.arrayBuffer()).metadata()).toMatchObject({ width: 256, height: 192 })
    expect(same.status).toBe(200)
    await remove(id)
    expect((await ask(`/api/v1/image/${id}/thumbnail`)).status).toBe(404)
  })

  test('a picture that is cut short has no small one', async () => {
    const { addAll, ask } = await newLibrary(services)
    const [id] = await addAll([board.subarray(0, 2000)], 'mine')
    expect((await ask(`/api/v1/image/${id}/thumbnail`)).status).toBe(422)
  })

  describe('bad input', () => {
    test('names every field that is missing', async () => {
      const { ask } = await newLibrary(services)
      const response = await ask('/api/v1/image', { method: 'POST', body: new FormData() })
      expect(response.status).toBe(422)
      const { detail } = await response.json()
      expect(detail.map(({ loc, type }: { loc: string[]; type: string }) => [type, ...loc])).toEqual([
        ['missing', 'body', 'name'],
        ['missing', 'body', 'model_name'],
        ['missing', 'body', 'file'],
      ])
    })

    test('an unknown status and an id that is no number are 422, an unknown id is 404', async () => {
      const { ask } = await newLibrary(services)
      expect((await ask('/api/v1/image/all?status=LOST')).status).toBe(422)
      expect((await ask('/api/v1/image/all')).status).toBe(422)
      expect((await ask('/api/v1/image/first')).status).toBe(422)
      for (const path of ['', '/processed', '/return_images', '/file', '/thumbnail', '/links']) {
        expect([path, (await ask(`/api/v1/image/${UNKNOWN}${path}`)).status]).toEqual([path, 404])
      }
    })

    test('what is no picture is refused, and nothing is kept of it', async () => {
      const { add, read } = await newLibrary(services)
      const response = await add(Buffer.from('%PDF-1.7 renamed'), 'scan.jpg', OURS)
      expect([response.status, (await response.json()).detail]).toEqual([400, expect.stringContaining('not a picture')])
      expect(await read('/api/v1/image/all?status=UPLOADED')).toEqual([])
    })

    test('a picture that is cut short is processed, with why it could not be read', async () => {
      const { addAll, isProcessed, read } = await newLibrary(services)
      const [id] = await addAll([board.subarray(0, 2000)], OURS)
      await isProcessed(id)
      expect((await read(`/api/v1/image/${id}`)).error).toEqual(expect.any(String))
    })

    test('a picture for a model that is not installed here says so, and a search by an unknown one is refused', async () => {
      const { addAll, isProcessed, read, search } = await newLibrary(services)
      const [id] = await addAll([board], 'dinov2-small')
      await isProcessed(id)
      expect((await read(`/api/v1/image/${id}`)).error).toContain('dinov2-small')
      expect((await search(board, '?model_name=clip')).status).toBe(422)
      expect((await search(board, '?model_name=dinov2-small')).status).toBe(503)
    })

    test('a name may be any text of 255 characters, and leads nowhere', async () => {
      const { add, read } = await newLibrary(services)
      const name = '../../etc/<img src=x onerror=alert(1)>.jpg'
      const added = await (await add(board, name, 'mine')).json()
      expect(added).toMatchObject({ name })
      expect((await read(`/api/v1/image/${added.id}`)).s3_path).toMatch(/^images\/[0-9a-f-]{36}_[\w.()-]+$/)
      expect((await add(board, 'x'.repeat(10_000), 'mine')).status).toBe(422)
      expect((await add(board, 'a\u0000b.jpg', 'mine')).status).toBe(422)
      expect((await add(board, 'a.jpg', 'mi\u0000ne')).status).toBe(422)
    })

    test('a callback for what is not claimed, or that names strangers, changes nothing', async () => {
      const { addAll, answer, ask, read } = await newLibrary(services)
      const [id] = await addAll([board], 'mine')
      const early = await answer(id, { result: [] })
      expect([early.status, (await early.json()).detail]).toEqual([409, expect.stringContaining('UPLOADED')])
      await ask('/api/v1/image/poll/mine')
      const wrong = await answer(id, { result: [id, UNKNOWN, 'x'] })
      expect(wrong.status).toBe(422)
      const unknown = await answer(id, { result: [UNKNOWN] })
      expect([unknown.status, (await unknown.json()).detail[0].loc]).toEqual([422, ['body', 'result', 0]])
      expect((await read(`/api/v1/image/${id}`)).status).toBe('PROCESSING')
      expect((await answer(id, { result: [id] })).status).toBe(200)
    })

    test('the same file twice at once is two pictures', async () => {
      const { add } = await newLibrary(services)
      const [a, b] = await Promise.all([add(board, 'a.jpg', 'mine'), add(board, 'a.jpg', 'mine')])
      expect([a.status, b.status]).toEqual([201, 201])
      expect((await a.json()).id).not.toBe((await b.json()).id)
    })

    test('without a key, and with a wrong one, nobody is let in', async () => {
      const { ask } = await newLibrary(services)
      for (const key of [null, 'wrong']) {
        expect((await ask('/api/v1/image/all?status=UPLOADED', {}, key)).status).toBe(401)
        expect((await ask('/image/1', {}, key)).status).toBe(401)
      }
    })

    test("somebody else's pictures are as unknown as those that are not there", async () => {
      const { addAll } = await newLibrary(services)
      const [theirs] = await addAll([board], 'mine')
      const { addAll: addOwn, ask, answer } = await newLibrary(services)
      const [own] = await addOwn([board], 'mine')
      expect((await ask(`/api/v1/image/${theirs}`)).status).toBe(404)
      expect(await (await ask('/api/v1/image/poll/mine')).json()).toMatchObject({ id: own })
      expect((await answer(own, { result: [theirs] })).status).toBe(422)
    })
  })
})

// Storage is asked before the database, whichever that is.
describe('storage that takes nothing', () => {
  test('is a 503 and leaves no row; sent again once it does, the picture is kept', async () => {
    const folder = await dataFolder()
    const { add, ask, read } = await newLibrary(await startServices({ DATA_DIR: folder }))
    const images = join(folder, 'files/images')
    await mkdir(join(folder, 'files'), { recursive: true })
    await writeFile(images, 'in the way of every picture')
    const refused = await add(board, 'a.jpg', 'mine')
    expect([refused.status, (await refused.json()).detail]).toEqual([503, expect.any(String)])
    expect((await read('/api/v1/image/page')).total).toBe(0)
    expect((await ask('/api/v1/image/poll/mine')).status).toBe(404)
    await rm(images)
    expect((await add(board, 'a.jpg', 'mine')).status).toBe(201)
  })

  test('as object storage that goes down during an upload does, is a 503 and leaves no row', async () => {
    const store = createServer((_, answer) => answer.end('<ListBucketResult></ListBucketResult>'))
    await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve))
    const { port } = store.address() as AddressInfo
    const keys = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' }
    const place = { DATA_DIR: await dataFolder(), STORAGE_URL: `s3://bucket/?endpoint=http://127.0.0.1:${port}` }
    const { add, read } = await newLibrary(await startServices({ ...place, ...keys }))
    store.closeAllConnections()
    await new Promise((resolve) => store.close(resolve))
    const refused = await add(board, 'a.jpg', 'mine')
    expect([refused.status, (await refused.json()).detail]).toEqual([503, expect.stringContaining('storage')])
    expect((await read('/api/v1/image/page')).total).toBe(0)
  })
})

interface Link {
  readonly id: number
  readonly verdict: string
  readonly evidence: { readonly edits: readonly string[] }
}

const UNKNOWN = 2 ** 31 - 1

const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/
