import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { unzipSync } from 'fflate'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { ServerProcess } from '../server/server-process'
import { Machines } from './machines'
import { onSharedServices } from './services'

type Answer = Record<string, unknown>

const sample = async (name: string) => new Blob([new Uint8Array(await readFile(`public/samples/${name}`))])

/** A client that sends to one API and asks another, so that nothing can be kept in a process. */
class Client {
  readonly #first: string
  readonly #second: string
  readonly #headers: Record<string, string>

  constructor([first, second]: readonly ServerProcess[], key: string) {
    this.#first = first.address
    this.#second = second.address
    this.#headers = { 'X-API-Key': key }
  }

  async post(path: string, parts: Readonly<Record<string, Blob | string | readonly Blob[]>>): Promise<Response> {
    const body = new FormData()
    for (const [name, value] of Object.entries(parts)) {
      for (const [i, one] of [value].flat().entries()) {
        if (typeof one === 'string') body.append(name, one)
        else body.append(name, one as Blob, `${name}-${i}.${path.includes('surface') ? 'ply' : 'png'}`)
      }
    }
    const response = await fetch(`${this.#first}${path}`, { method: 'POST', headers: this.#headers, body })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response
  }

  async postJson(path: string, parts: Parameters<Client['post']>[1]): Promise<Answer> {
    return (await this.post(path, parts)).json()
  }

  get(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.#second}${path}`, { ...init, headers: this.#headers })
  }

  async getJson(path: string): Promise<Answer> {
    const response = await this.get(path)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }

  /** Asks until the word of the state is one of these. */
  async whenEnded(path: string, words: readonly string[]): Promise<Answer> {
    for (;;) {
      const answer = await this.getJson(path)
      if (words.includes(String(answer.status))) return answer
      await sleep(200)
    }
  }

  async match(tool: string, parts: Parameters<Client['post']>[1]): Promise<Answer> {
    const { uid } = await this.postJson(`/api/v1/match/${tool}`, parts)
    return this.whenEnded(`/api/v1/tasks/${uid}`, ['done', 'error'])
  }
}

onSharedServices('two APIs and a worker on PostgreSQL and S3', (services) => {
  test('every family: what one API takes, the other answers, with files from the storage itself', async () => {
    const machines = new Machines({ ...(await services().create()), PRESIGNED_DOWNLOADS: 'true' })
    const { apis } = await machines.startAll(2, 1)
    const client = new Client(apis, machines.key)

    const template = await client.match('template', {
      image: await sample('folder.png'),
      template: await sample('folder-part.png'),
    })
    expect(template).toMatchObject({ status: 'done', error: null })
    await expectPresigned(client, String((template.result_files as string[])[0]))
    const feature = await client.match('feature', {
      query_image: await sample('board-part.png'),
      train_image: await sample('board-photo.jpg'),
    })
    expect(feature).toMatchObject({ status: 'done', error: null })
    const surface = await client.match('surface', {
      model_file: await sample('teapot.ply'),
      scene_file: await sample('table.ply'),
    })
    expect(surface).toMatchObject({ status: 'done', error: null })

    const photos = [await sample('car.jpg'), await sample('street.jpg')]
    const { task_id } = await client.postJson('/api/v1/process-task/', { files: photos })
    const plates = await client.whenEnded(`/api/v1/task-status/${task_id}`, ['completed', 'failed'])
    expect(plates).toMatchObject({ status: 'completed', results: [{}, {}] })
    const [{ url }] = plates.results as { url: string }[]
    expect((await client.get(url)).headers.get('content-type')).toBe('image/webp')

    const mask = new Blob([new Uint8Array(await maskOf(64, 48))])
    const picture = new Blob([new Uint8Array(await noise(64, 48))])
    const erased = await client.post('/api/v1/remove-watermark', { image: picture, mask })
    expect(erased.headers.get('content-type')).toMatch(/^image\//)
    const batch = await client.postJson('/api/v1/batch', { images: [picture, picture], mask })
    const ended = await client.whenEnded(`/api/v1/batch/${batch.task_id}`, ['completed', 'failed'])
    expect(ended.status).toBe('completed')
    const zip = await client.get(`/api/v1/batch/${batch.task_id}/files.zip`)
    expect(Object.keys(unzipSync(new Uint8Array(await zip.arrayBuffer())))).toHaveLength(2)

    const face = await client.postJson('/embed', { file: await sample('face.jpg') })
    expect(face.embedding).toHaveLength(512)

    const one = await client.postJson('/api/v1/image', {
      name: 'one.jpg',
      file: photos[0],
      model_name: 'darkroom-copies',
    })
    const small = await sharp(Buffer.from(await photos[0].arrayBuffer()))
      .resize(400)
      .jpeg({ quality: 70 })
      .toBuffer()
    const copy = { name: 'two.jpg', file: new Blob([new Uint8Array(small)]), model_name: 'darkroom-copies' }
    const two = await client.postJson('/api/v1/image', copy)
    for (const { id } of [one, two]) await client.whenEnded(`/api/v1/image/${id}`, ['PROCESSED'])
    expect(await client.getJson(`/api/v1/image/${two.id}/processed`)).toMatchObject({ result: [String(one.id)] })
  })
})

/** The server says where the file is, and there it is, for who has no key. */
async function expectPresigned(client: Client, path: string): Promise<void> {
  const redirect = await client.get(`/${path}`, { redirect: 'manual' })
  expect(redirect.status).toBe(307)
  const file = await fetch(redirect.headers.get('location') ?? '')
  expect({ status: file.status, type: file.headers.get('content-type') }).toEqual({ status: 200, type: 'image/png' })
  expect((await sharp(Buffer.from(await file.arrayBuffer())).metadata()).width).toBeGreaterThan(0)
}

const noise = (width: number, height: number) =>
  sharp(Buffer.from(Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919) % 251)), {
    raw: { width, height, channels: 3 },
  })
    .png()
    .toBuffer()

/** White where something is to go: a square in the middle. */
const maskOf = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'black' } })
    .composite([
      {
        input: { create: { width: 12, height: 12, channels: 3, background: 'white' } },
        left: width / 2,
        top: height / 2,
      },
    ])
    .png()
    .toBuffer()
