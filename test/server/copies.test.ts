import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { createApp } from '../../server/api/app'
import { onEachDatabase } from './databases'
import { startServices } from './support'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 }) // the first run of a model opens it and tests it

const FIRST_KEY = 'a-key-for-tests-that-nobody-else-has'
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
  async function started(env: Record<string, string> = {}) {
    const place = await create()
    const services = await startServices({ ...place, API_KEY: FIRST_KEY, ...env })
    const app = createApp(services.engine, { gate: services.gate, library: services.library })
    const ask = (path: string, init: RequestInit = {}, key: string | null = FIRST_KEY) =>
      app.request(
        `http://darkroom.test${path}`,
        { ...init, headers: { ...(key !== null && { 'X-API-Key': key }), ...init.headers } },
        { address: '203.0.113.9' },
      )
    const read = async (path: string) => (await ask(path)).json()
    const add = async (file: Buffer, name: string, modelName: string, prefix = '/api/v1') => {
      const body = new FormData()
      body.append('name', name)
      body.append('file', new Blob([new Uint8Array(file)]), name)
      body.append('model_name', modelName)
      return ask(`${prefix}/image`, { method: 'POST', body })
    }
    const answer = (id: number, body: unknown) =>
      ask(`/api/v1/image/${id}/processed`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
    const isProcessed = (id: number) =>
      vi.waitFor(async () => expect((await read(`/api/v1/image/${id}`)).status).toBe('PROCESSED'), {
        timeout: 200_000,
        interval: 200,
      })
    return { ...services, ask, read, add, answer, isProcessed, folder: place.DATA_DIR }
  }

  test('a foreign worker polls, computes and calls back; the copies are linked both ways', async () => {
    const { add, ask, read, answer } = await started()
    for (const name of ['one.jpg', 'two.jpg', 'three.jpg']) expect((await add(board, name, 'mine')).status).toBe(201)
    expect(await read('/api/v1/image/all?status=UPLOADED')).toEqual([
      { id: 1, name: 'one.jpg', s3_path: expect.stringMatching(/^images\/[0-9a-f-]{36}_one\.jpg$/) },
      expect.objectContaining({ id: 2 }),
      expect.objectContaining({ id: 3 }),
    ])
    for (const copies of [[], ['1'], [2]]) {
      const { id, s3_path, img_callback_url } = await read('/api/v1/image/poll/mine')
      expect([s3_path, img_callback_url]).toEqual([
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
    expect(await read('/api/v1/image/1/processed')).toEqual({
      img_url: expect.stringMatching(/_one\.jpg$/),
      return: 'true',
      id: '1',
      result: ['2', '3'],
    })
    expect(await read('/image/3/return_images/')).toEqual([
      { id: 1, file_link: expect.stringMatching(/_one\.jpg$/) },
      { id: 2, file_link: expect.stringMatching(/_two\.jpg$/) },
    ])
    expect((await answer(3, { result: [] })).status).toBe(409)
  })

  test('a picture tells its state and its times as the contract has them', async () => {
    const { add, read } = await started()
    const added = await (await add(board, 'image1.jpg', 'mine', '')).json()
    expect(added).toEqual({ id: 1, name: 'image1.jpg', status: 'UPLOADED', created_at: expect.stringMatching(UTC) })
    expect(await read('/image/1')).toMatchObject({
      ...added,
      uploaded_at: expect.stringMatching(UTC),
      s3_path: expect.stringMatching(/^images\//),
    })
    expect(await read('/api/v1/image/1/processed')).toMatchObject({ return: 'false', result: [] })
  })

  test('two workers never get one picture', async () => {
    const { add, ask } = await started()
    for (let i = 0; i < 5; i++) await add(board, `${i}.jpg`, 'mine')
    const answers = await Promise.all(Array.from({ length: 9 }, () => ask('/api/v1/image/poll/mine')))
    const ids = await Promise.all(answers.filter(({ ok }) => ok).map(async (one) => (await one.json()).id))
    expect(ids.sort()).toEqual([1, 2, 3, 4, 5])
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(4)
  })

  test('our own worker finds what was made of a picture, says how, and keeps strangers apart', async () => {
    const { add, isProcessed, read, ask } = await started()
    const pictures = [
      board,
      page,
      await edited(board, (picture) => picture.extract({ left: 40, top: 30, width: 380, height: 290 })),
      await edited(board, (picture) => picture.flop().linear(0.8, 10)),
      face,
      board,
    ]
    for (const [i, picture] of pictures.entries()) expect((await add(picture, `${i}.jpg`, OURS)).status).toBe(201)
    for (let id = 1; id <= pictures.length; id++) await isProcessed(id)
    expect((await read('/api/v1/image/1/processed')).result).toEqual(['3', '4', '6'])
    expect((await read('/api/v1/image/4/processed')).result).toEqual(['1', '3', '6'])
    expect((await read('/api/v1/image/2/processed')).result).toEqual([])
    expect((await read('/api/v1/image/5/processed')).result).toEqual([])
    const links: { id: number; verdict: string; evidence: { edits: string[] } }[] = await read('/api/v1/image/1/links')
    const why = Object.fromEntries(links.map(({ id, verdict, evidence }) => [id, [verdict, ...evidence.edits]]))
    expect(why).toEqual({ 3: ['edited', 'cropped'], 4: ['edited', 'mirrored', 'recolored'], 6: ['same_file'] })

    const body = new FormData()
    const turned = await edited(board, (picture) => picture.rotate(90))
    body.append('file', new Blob([new Uint8Array(turned)]), 'turned.jpg')
    const search = await ask('/api/v1/image/search', { method: 'POST', body })
    const { model_name, matches } = await search.json()
    expect(model_name).toBe(OURS)
    expect(matches.map(({ id }: { id: number }) => id).sort()).toEqual([1, 3, 4, 6])
    expect((await read('/api/v1/image/page')).total).toBe(pictures.length)

    const setAside = (other_id: number, ignored = true) =>
      ask('/api/v1/image/1/ignored', {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ other_id, ignored }),
      })
    expect((await setAside(3)).status).toBe(204)
    expect((await setAside(2)).status).toBe(404)
    expect((await ask('/api/v1/image/6', { method: 'DELETE' })).status).toBe(204)
    expect((await ask('/api/v1/image/6')).status).toBe(404)
    expect((await read('/api/v1/image/1/processed')).result).not.toContain('6')
  })

  /** Pictures 1 to 4 by a foreign worker; 1, 2 and 4 are copies. */
  async function withGroup() {
    const parts = await started()
    const { add, ask, answer, read } = parts
    for (const file of [board, board, page, board]) expect((await add(file, 'a.jpg', 'mine')).status).toBe(201)
    for (const copies of [[], [1], [], [2]]) {
      const { id } = await read('/api/v1/image/poll/mine')
      expect((await answer(id, { result: copies })).status).toBe(200)
    }
    const setAside = (one: number, other_id: number, ignored: boolean) =>
      ask(`/api/v1/image/${one}/ignored`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ other_id, ignored }),
      })
    return { ...parts, setAside }
  }

  test('groups are listed with their pictures and links, and follow what is set aside, taken back and removed', async () => {
    const { ask, read, setAside } = await withGroup()
    const groups = await read('/api/v1/image/groups')
    expect(groups).toMatchObject({ total: 1, groups: [{ id: 1, count: 3 }] })
    expect(groups.groups[0].images).toMatchObject([1, 2, 4].map((id) => ({ id, bytes: board.length })))
    const pairs = (links: { a: number; b: number }[]) => links.map(({ a, b }) => [a, b])
    expect(pairs(groups.groups[0].links)).toEqual([
      [1, 2],
      [2, 4],
    ])
    expect((await setAside(4, 2, true)).status).toBe(204)
    expect(await read('/image/groups')).toMatchObject({ total: 1, groups: [{ id: 1, count: 2 }] })
    expect(await read('/api/v1/image/ignored')).toMatchObject({
      total: 1,
      pairs: [{ a: 2, b: 4, verdict: 'linked', images: [{ id: 2 }, { id: 4 }] }],
    })
    expect((await setAside(4, 2, false)).status).toBe(204)
    expect(await read('/api/v1/image/ignored')).toEqual({ total: 0, pairs: [] })
    expect((await ask('/api/v1/image/2', { method: 'DELETE' })).status).toBe(204)
    expect(await read('/api/v1/image/groups')).toEqual({ total: 0, groups: [] })
  })

  test('groups come in pages, the newest first', async () => {
    const { add, answer, read } = await started()
    for (let i = 0; i < 6; i++) await add(board, 'a.jpg', 'mine')
    for (let i = 1; i <= 6; i++) {
      const { id } = await read('/api/v1/image/poll/mine')
      await answer(id, { result: id % 2 === 0 ? [id - 1] : [] })
    }
    const page = async (query: string) =>
      (await read(`/api/v1/image/groups?${query}`)).groups.map(({ id }: { id: number }) => id)
    expect([await page('limit=2'), await page('limit=2&offset=2')]).toEqual([[5, 3], [1]])
  })

  test('the library is told in numbers', async () => {
    const { add, read } = await withGroup()
    await add(board, 'waits.jpg', 'mine')
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
    expect(newest.images.map(({ id }: { id: number }) => id)).toEqual([5, 4])
    expect((await read('/api/v1/image/page?unreadable=true')).total).toBe(0)
  })

  test('a picture has a small one, also while it waits; it goes with it', async () => {
    const { add, ask } = await started()
    await add(board, 'a.jpg', 'mine')
    const [one, same] = await Promise.all([ask('/api/v1/image/1/thumbnail'), ask('/image/1/thumbnail')])
    expect([one.status, one.headers.get('Content-Type')]).toEqual([200, 'image/png'])
    expect(await sharp(await one.arrayBuffer()).metadata()).toMatchObject({ width: 256, height: 192 })
    expect(same.status).toBe(200)
    await ask('/api/v1/image/1', { method: 'DELETE' })
    expect((await ask('/api/v1/image/1/thumbnail')).status).toBe(404)
  })

  test('a picture that is cut short has no small one', async () => {
    const { add, ask } = await started()
    await add(board.subarray(0, 2000), 'cut.jpg', 'mine')
    expect((await ask('/api/v1/image/1/thumbnail')).status).toBe(422)
  })

  describe('bad input', () => {
    test('names every field that is missing', async () => {
      const { ask } = await started()
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
      const { ask } = await started()
      expect((await ask('/api/v1/image/all?status=LOST')).status).toBe(422)
      expect((await ask('/api/v1/image/all')).status).toBe(422)
      expect((await ask('/api/v1/image/first')).status).toBe(422)
      for (const path of ['', '/processed', '/return_images', '/file', '/thumbnail', '/links']) {
        expect([path, (await ask(`/api/v1/image/77${path}`)).status]).toEqual([path, 404])
      }
    })

    test('what is no picture is refused, and nothing is kept of it', async () => {
      const { add, read } = await started()
      const response = await add(Buffer.from('%PDF-1.7 renamed'), 'scan.jpg', OURS)
      expect([response.status, (await response.json()).detail]).toEqual([400, expect.stringContaining('not a picture')])
      expect(await read('/api/v1/image/all?status=UPLOADED')).toEqual([])
    })

    test('a picture that is cut short is processed, with why it could not be read', async () => {
      const { add, isProcessed, read } = await started()
      await add(board.subarray(0, 2000), 'cut.jpg', OURS)
      await isProcessed(1)
      expect((await read('/api/v1/image/1')).error).toEqual(expect.any(String))
    })

    test('a picture for a model that is not installed here says so, and a search by an unknown one is refused', async () => {
      const { add, ask, isProcessed, read } = await started()
      await add(board, 'a.jpg', 'dinov2-small')
      await isProcessed(1)
      expect((await read('/api/v1/image/1')).error).toContain('dinov2-small')
      const body = () => {
        const form = new FormData()
        form.append('file', new Blob([new Uint8Array(board)]), 'a.jpg')
        return { method: 'POST', body: form }
      }
      expect((await ask('/api/v1/image/search?model_name=clip', body())).status).toBe(422)
      expect((await ask('/api/v1/image/search?model_name=dinov2-small', body())).status).toBe(503)
    })

    test('a picture that storage cannot take is a 503, and leaves no row; sent again, it is kept', async () => {
      const { add, ask, read, folder } = await started()
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

    test('object storage that goes down during an upload is a 503, and no row is left', async () => {
      const store = createServer((_, answer) => answer.end('<ListBucketResult></ListBucketResult>'))
      await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve))
      const { port } = store.address() as AddressInfo
      const keys = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' }
      const { add, read } = await started({ STORAGE_URL: `s3://bucket/?endpoint=http://127.0.0.1:${port}`, ...keys })
      store.closeAllConnections()
      await new Promise((resolve) => store.close(resolve))
      const refused = await add(board, 'a.jpg', 'mine')
      expect([refused.status, (await refused.json()).detail]).toEqual([503, expect.stringContaining('storage')])
      expect((await read('/api/v1/image/page')).total).toBe(0)
    })

    test('a name may be any text of 255 characters, and leads nowhere', async () => {
      const { add, read } = await started()
      const name = '../../etc/<img src=x onerror=alert(1)>.jpg'
      expect(await (await add(board, name, 'mine')).json()).toMatchObject({ name })
      expect((await read('/api/v1/image/1')).s3_path).toMatch(/^images\/[0-9a-f-]{36}_[\w.()-]+$/)
      expect((await add(board, 'x'.repeat(10_000), 'mine')).status).toBe(422)
      expect((await add(board, 'a\u0000b.jpg', 'mine')).status).toBe(422)
      expect((await add(board, 'a.jpg', 'mi\u0000ne')).status).toBe(422)
    })

    test('a callback for what is not claimed, or that names strangers, changes nothing', async () => {
      const { add, answer, ask, read } = await started()
      await add(board, 'a.jpg', 'mine')
      const early = await answer(1, { result: [] })
      expect([early.status, (await early.json()).detail]).toEqual([409, expect.stringContaining('UPLOADED')])
      await ask('/api/v1/image/poll/mine')
      const wrong = await answer(1, { result: [1, 900, 'x'] })
      expect(wrong.status).toBe(422)
      const unknown = await answer(1, { result: [900] })
      expect([unknown.status, (await unknown.json()).detail[0].loc]).toEqual([422, ['body', 'result', 0]])
      expect((await read('/api/v1/image/1')).status).toBe('PROCESSING')
      expect((await answer(1, { result: [1] })).status).toBe(200)
    })

    test('the same file twice at once is two pictures', async () => {
      const { add } = await started()
      const [a, b] = await Promise.all([add(board, 'a.jpg', 'mine'), add(board, 'a.jpg', 'mine')])
      expect([a.status, b.status]).toEqual([201, 201])
      expect((await a.json()).id).not.toBe((await b.json()).id)
    })

    test('without a key, and with a wrong one, nobody is let in', async () => {
      const { ask } = await started()
      for (const key of [null, 'wrong']) {
        expect((await ask('/api/v1/image/all?status=UPLOADED', {}, key)).status).toBe(401)
        expect((await ask('/image/1', {}, key)).status).toBe(401)
      }
    })
  })
})

const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/
