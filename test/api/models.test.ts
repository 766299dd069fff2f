import { describe, expect, test } from 'vitest'
import { manifest } from '../../models/manifest'
import { service } from './support'

const FACES = 'faceplugin-fr-feature'
const RESEARCH = 'antelopev2-glint360k'
const FILE = `/models/${FACES}/fr_feature.onnx`
const BYTES = Uint8Array.from({ length: 1000 }, (_, index) => index)
const HASH = manifest.find(({ id }) => id === FACES)?.files[0].sha256

/** A host that has one model. */
function installed() {
  const parts = service()
  parts.engine.models.states.set(FACES, { state: 'installed' })
  parts.engine.models.bytes = BYTES
  return parts
}

const bytesOf = async (response: Response) => [...new Uint8Array(await response.arrayBuffer())]

describe('GET /api/v1/models', () => {
  test('lists the manifest with licences, sizes and where each model stands', async () => {
    const { app } = installed()
    const { models } = await (await app.request('/api/v1/models')).json()
    expect(models.map(({ id }: { id: string }) => id)).toEqual(manifest.map(({ id }) => id))
    expect(models[0]).toMatchObject({
      ...{ id: FACES, task: 'face-embedding', default: true, size: 4_884_269, state: 'installed', progress: null },
      licence: { commercial: 'unclear', accepted: true },
      files: [{ name: 'fr_feature.onnx', path: FILE }],
    })
  })

  test('of one model says how far its download is, or why it is not here', async () => {
    const { app, engine } = service()
    const read = async (id: string) => (await app.request(`/api/v1/models/${id}`)).json()
    engine.models.states.set(FACES, { state: 'fetching', bytes: 10, total: 40 })
    expect(await read(FACES)).toMatchObject({ state: 'fetching', progress: { bytes: 10, total: 40 }, reason: null })
    engine.models.states.set(FACES, { state: 'quarantined', reason: 'It has another hash' })
    expect(await read(FACES)).toMatchObject({ state: 'quarantined', progress: null, reason: 'It has another hash' })
    expect((await app.request('/api/v1/models/none')).status).toBe(404)
  })
})

describe('POST /api/v1/models/{id}/fetch', () => {
  const fetchIt = (app: ReturnType<typeof service>['app'], id: string) =>
    app.request(`/api/v1/models/${id}/fetch`, { method: 'POST' })

  test('begins the download, or says that the model is here', async () => {
    const { app, engine } = service()
    const begun = await fetchIt(app, FACES)
    expect(begun.status).toBe(202)
    expect(await begun.json()).toMatchObject({ state: 'fetching' })
    engine.models.states.set(FACES, { state: 'installed' })
    expect((await fetchIt(app, FACES)).status).toBe(200)
    expect((await fetchIt(app, 'none')).status).toBe(404)
  })

  test('is refused with the name of the licence until that is accepted', async () => {
    const { app, engine } = service()
    const refused = await fetchIt(app, RESEARCH)
    expect(refused.status).toBe(403)
    const { detail } = await refused.json()
    expect(detail).toContain('"InsightFace model licence"')
    expect(detail).toContain(`ACCEPT_LICENSES=${RESEARCH}`)
    engine.models.accepted.add(RESEARCH)
    expect((await fetchIt(app, RESEARCH)).status).toBe(202)
  })

  test('is not for pages of other sites', async () => {
    const { app, engine } = service()
    const headers = { 'Sec-Fetch-Site': 'cross-site' }
    expect((await app.request(`/api/v1/models/${FACES}/fetch`, { method: 'POST', headers })).status).toBe(403)
    expect(engine.models.states.size).toBe(0)
  })
})

test('DELETE removes a fetched model, and tells when there was none', async () => {
  const { app } = installed()
  const remove = async (id: string) => (await app.request(`/api/v1/models/${id}`, { method: 'DELETE' })).status
  expect(await remove(FACES)).toBe(204)
  expect(await remove(FACES)).toBe(404)
  expect(await remove('none')).toBe(404)
})

describe('a file of a model', () => {
  test('comes whole, with its hash as strong ETag, to be kept for ever', async () => {
    const response = await installed().app.request(FILE)
    expect(response.status).toBe(200)
    expect(response.headers.get('etag')).toBe(`"${HASH}"`)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('accept-ranges')).toBe('bytes')
    expect(response.headers.get('content-length')).toBe('1000')
    expect(await bytesOf(response)).toEqual([...BYTES])
  })

  test.each([
    ['bytes=100-199', 100, 200],
    ['bytes=900-', 900, 1000],
    ['bytes=-10', 990, 1000],
    ['bytes=990-5000', 990, 1000],
    ['bytes=0-0', 0, 1],
  ])('comes in the part that %s asks for', async (range, from, to) => {
    const response = await installed().app.request(FILE, { headers: { range } })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/1000`)
    expect(response.headers.get('content-length')).toBe(String(to - from))
    expect(await bytesOf(response)).toEqual([...BYTES.slice(from, to)])
  })

  test.each(['bytes=1000-', 'bytes=20-10', 'bytes=-0'])('has no part %s', async (range) => {
    const response = await installed().app.request(FILE, { headers: { range } })
    expect(response.status).toBe(416)
    expect(response.headers.get('content-range')).toBe('bytes */1000')
  })

  test.each(['bytes=0-1,5-6', 'lines=1-2', 'bytes=-', 'bytes=x'])(
    'comes whole where %s is not understood',
    async (range) => {
      expect((await installed().app.request(FILE, { headers: { range } })).status).toBe(200)
    },
  )

  test('is gone on with only where the caller has the beginning of the same file', async () => {
    const ask = async (tag: string) =>
      (await installed().app.request(FILE, { headers: { range: 'bytes=500-', 'if-range': tag } })).status
    expect(await ask(`"${HASH}"`)).toBe(206)
    expect(await ask('"another"')).toBe(200)
  })

  test('is not sent to who has it', async () => {
    const response = await installed().app.request(FILE, { headers: { 'if-none-match': `W/"x", "${HASH}"` } })
    expect(response.status).toBe(304)
    expect(response.headers.get('etag')).toBe(`"${HASH}"`)
  })

  test('tells its size to who asks by HEAD, and sends nothing', async () => {
    const response = await installed().app.request(FILE, { method: 'HEAD' })
    expect(response.headers.get('content-length')).toBe('1000')
    expect(await response.text()).toBe('')
  })

  test.each([
    `/models/${FACES}/none.onnx`,
    `/models/none/fr_feature.onnx`,
    `/models/${FACES}/..%2F..%2Fpackage.json`,
    `/models/${FACES}/%2Fetc%2Fpasswd`,
    '/models/..%2F..%2Fetc/passwd',
  ])('is none of the manifest at %s', async (path) => {
    expect((await installed().app.request(path)).status).toBe(404)
  })
})
