import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { Model } from '../../models/model'
import { partOf } from '../../server/models/download'
import { type LibraryOptions, openLibrary } from '../../server/models/library'
import { acceptLicence } from '../../server/models/licences'
import type { ModelsConfig } from '../../server/models/places'
import { fromUrls, give, modelOf, redirect, refuse, sha256, startModelHost } from './model-host'
import { temporaryFolder } from './support'

// Without a pattern, so that an archive of it is no smaller.
const WEIGHTS = Buffer.from(Array.from({ length: 200_000 }, (_, index) => Math.imul(index + 1, 2654435761) >>> 13))
const OTHERS = Buffer.from(WEIGHTS.map((byte) => byte ^ 1))
const HALF = WEIGHTS.length / 2
const PATIENCE = { tries: 3, waitMs: 1, silenceMs: 20_000 }
const HASTE = { ...PATIENCE, silenceMs: 300 }

async function open(
  model: Model,
  change: Partial<ModelsConfig> = {},
  patience = PATIENCE,
  onWrongFile?: LibraryOptions['onWrongFile'],
) {
  const cache = change.cache ?? (await temporaryFolder())
  const config = { cache, folder: undefined, acceptLicences: [], fetchDefaults: true, ...change }
  const library = openLibrary(config, { models: [model], patience, onWrongFile })
  return { library, cache, again: () => openLibrary(config, { models: [model], patience }) }
}

const stored = async (folder: string) => readFile(join(folder, 'small.onnx'))

describe('a model from an address', () => {
  test('is fetched, checked and found again', async () => {
    const host = await startModelHost()
    const { library, again } = await open(modelOf(WEIGHTS, { sources: fromUrls(host.on('/a', give(WEIGHTS))) }))
    expect(await library.state('small-model')).toEqual({ state: 'absent' })
    await library.ensure(['small-model'])
    expect(await library.state('small-model')).toEqual({ state: 'installed' })
    expect(await stored(await again().path('small-model'))).toEqual(WEIGHTS)
    expect(host.asked).toHaveLength(1)
  })

  test('is contacted only when somebody asks for the model', async () => {
    const host = await startModelHost()
    const { library } = await open(modelOf(WEIGHTS, { sources: fromUrls(host.on('/a', give(WEIGHTS))) }))
    await expect(library.path('small-model')).rejects.toMatchObject({
      code: 'model-unavailable',
      message: /npm run models fetch small-model/,
    })
    expect(host.asked).toEqual([])
  })

  test('tells in bytes how far it is', async () => {
    const host = await startModelHost()
    const { library } = await open(modelOf(WEIGHTS, { sources: fromUrls(host.on('/a', give(WEIGHTS))) }))
    const seen: number[] = []
    await library.ensure(['small-model'], (_, bytes, total) => {
      expect(total).toBe(WEIGHTS.length)
      seen.push(bytes)
    })
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toBe(WEIGHTS.length)
  })

  test('may be behind a few redirects, not behind endless ones', async () => {
    const host = await startModelHost()
    host.on('/there', give(WEIGHTS))
    const moved = await open(modelOf(WEIGHTS, { sources: fromUrls(host.on('/moved', redirect('/there'))) }))
    await moved.library.ensure(['small-model'])
    const loop = await open(modelOf(WEIGHTS, { sources: fromUrls(host.on('/loop', redirect('/loop'))) }))
    await expect(loop.library.ensure(['small-model'])).rejects.toThrow(/more than 5 redirects/)
  })

  test('is removed, and is then no longer here', async () => {
    const host = await startModelHost()
    const { library } = await open(modelOf(WEIGHTS, { sources: fromUrls(host.on('/a', give(WEIGHTS))) }))
    await library.ensure(['small-model'])
    expect(await library.remove('small-model')).toBe(true)
    expect(await library.state('small-model')).toEqual({ state: 'absent' })
    expect(await library.remove('small-model')).toBe(false)
  })
})

describe('a download', () => {
  test('that is cut at half goes on from there', async () => {
    const host = await startModelHost()
    const url = host.on('/a', give(WEIGHTS, { cutAt: HALF, etag: '"1"' }), give(WEIGHTS, { etag: '"1"' }))
    const { library } = await open(modelOf(WEIGHTS, { sources: fromUrls(url) }))
    await library.ensure(['small-model'])
    expect(await stored(await library.path('small-model'))).toEqual(WEIGHTS)
    expect(host.asked.map(({ range }) => range)).toEqual([undefined, `bytes=${HALF}-`])
  })

  test('that was given up is gone on with by a later process', async () => {
    const host = await startModelHost()
    const url = host.on('/a', give(WEIGHTS, { cutAt: HALF }), refuse(503))
    const { library, again } = await open(modelOf(WEIGHTS, { sources: fromUrls(url) }))
    await expect(library.ensure(['small-model'])).rejects.toThrow(/could not be fetched.*503/)
    host.on('/a', give(WEIGHTS))
    await again().ensure(['small-model'])
    expect(host.asked.at(-1)?.range).toBe(`bytes=${HALF}-`)
  })

  test('begins anew where the server knows no ranges, or has another file by now', async () => {
    const host = await startModelHost()
    const plain = host.on('/plain', give(WEIGHTS, { cutAt: HALF }), give(WEIGHTS, { ignoresRange: true }))
    const changed = host.on('/new', give(OTHERS, { cutAt: HALF, etag: '"old"' }), give(WEIGHTS, { etag: '"new"' }))
    for (const url of [plain, changed]) {
      const { library } = await open(modelOf(WEIGHTS, { sources: fromUrls(url) }))
      await library.ensure(['small-model'])
      expect(await stored(await library.path('small-model'))).toEqual(WEIGHTS)
    }
  })

  test('made of parts of two different files is done again as a whole', async () => {
    const host = await startModelHost()
    const url = host.on('/a', give(OTHERS, { cutAt: HALF }), refuse(503))
    const { library, again } = await open(modelOf(WEIGHTS, { sources: fromUrls(url) }))
    await expect(library.ensure(['small-model'])).rejects.toThrow()
    host.on('/a', give(WEIGHTS))
    await again().ensure(['small-model'])
    expect(host.asked.slice(-2).map(({ range }) => range)).toEqual([`bytes=${HALF}-`, undefined])
  })

  test('that falls silent is given up and gone on with', async () => {
    const host = await startModelHost()
    const url = host.on('/a', give(WEIGHTS, { silentAt: HALF }), give(WEIGHTS))
    const { library } = await open(modelOf(WEIGHTS, { sources: fromUrls(url) }), {}, HASTE)
    await library.ensure(['small-model'])
    expect(await stored(await library.path('small-model'))).toEqual(WEIGHTS)
    expect(host.asked[1].range).toBe(`bytes=${HALF}-`)
  })

  test('that is longer than the file should be is not taken', async () => {
    const host = await startModelHost()
    const url = host.on('/a', give(Buffer.concat([WEIGHTS, WEIGHTS])))
    const { library } = await open(modelOf(WEIGHTS, { sources: fromUrls(url) }))
    await expect(library.ensure(['small-model'])).rejects.toThrow(/longer than the 200000 bytes/)
  })

  test('is made once, whoever asks at the same time', async () => {
    const host = await startModelHost()
    const { library, again } = await open(modelOf(WEIGHTS, { sources: fromUrls(host.on('/a', give(WEIGHTS))) }))
    await Promise.all([library, library, again(), again()].map((one) => one.ensure(['small-model'])))
    expect(host.asked).toHaveLength(1)
  })

  test.skipIf(!existsSync('/dev/full'))(
    'onto a full disk ends with a sentence, and no other source is tried',
    async () => {
      const host = await startModelHost()
      const url = host.on('/a', give(WEIGHTS))
      const { library, cache } = await open(modelOf(WEIGHTS, { sources: fromUrls(url, host.on('/b', give(WEIGHTS))) }))
      const downloads = join(cache, '.downloads')
      await mkdir(downloads, { recursive: true })
      await symlink('/dev/full', partOf(downloads, url)) // writing there fails as on a full disk
      await expect(library.ensure(['small-model'])).rejects.toMatchObject({
        code: 'storage-full',
        message: /^The disk is full/,
      })
      expect(host.asked.map(({ path }) => path)).toEqual(['/a'])
      expect(await library.state('small-model')).toMatchObject({ state: 'absent', reason: /disk is full/ })
    },
  )
})

describe('sources', () => {
  test('are tried in order until one gives the right file', async () => {
    const host = await startModelHost()
    const gone = host.on('/gone', refuse(404))
    const sources = fromUrls(
      gone,
      'http://127.0.0.1:9/closed',
      host.on('/wrong', give(OTHERS)),
      host.on('/d', give(WEIGHTS)),
    )
    const { library } = await open(modelOf(WEIGHTS, { sources }))
    await library.ensure(['small-model'])
    expect(await stored(await library.path('small-model'))).toEqual(WEIGHTS)
    expect(await library.state('small-model')).toEqual({ state: 'installed' })
  })

  test('that are all of no use are named with why', async () => {
    const host = await startModelHost()
    const sources = fromUrls(host.on('/gone', refuse(404)), host.on('/wrong', give(OTHERS)))
    const { library } = await open(modelOf(WEIGHTS, { sources }))
    const message = new RegExp(
      `/gone could not be fetched: The answer was 404.*SHA-256 ${sha256(OTHERS)} in place of ${sha256(WEIGHTS)}`,
    )
    await expect(library.ensure(['small-model'])).rejects.toMatchObject({ code: 'model-unavailable', message })
  })
})

describe('a model in a ZIP archive', () => {
  const zip = (files: Record<string, Buffer>) => Buffer.from(zipSync(files, { level: 6 }))
  const inside = (url: string, archive: Buffer): Model['sources'][number] => ({
    ...{ kind: 'url', urls: [url] },
    archive: { bytes: archive.length, sha256: sha256(archive), paths: ['pack/small.onnx'] },
  })

  test('is taken out of it, and nothing else is kept', async () => {
    const host = await startModelHost()
    const archive = zip({ 'pack/other.onnx': OTHERS, 'pack/small.onnx': WEIGHTS, 'readme.txt': OTHERS })
    const source = inside(host.on('/pack.zip', give(archive, { cutAt: 5000 }), give(archive)), archive)
    const { library } = await open(modelOf(WEIGHTS, { sources: [source] }))
    await library.ensure(['small-model'])
    const folder = await library.path('small-model')
    expect(await readdir(folder)).toEqual(['small.onnx'])
    expect(await stored(folder)).toEqual(WEIGHTS)
    expect(host.asked.map(({ range }) => range)).toEqual([undefined, 'bytes=5000-'])
  })

  test('is refused when the archive is another, lacks the file, or has another file of that name', async () => {
    const host = await startModelHost()
    const other = zip({ 'pack/small.onnx': OTHERS })
    const empty = zip({ 'pack/other.onnx': OTHERS })
    const changed = Buffer.from(other)
    changed[40] ^= 1
    const reasons = {
      '/changed.zip': /changed.zip has the SHA-256/,
      '/empty.zip': /empty.zip has no file pack/,
      '/other.zip': /small.onnx has the SHA-256/,
    }
    const sources = [
      inside(host.on('/changed.zip', give(changed)), other),
      inside(host.on('/empty.zip', give(empty)), empty),
      inside(host.on('/other.zip', give(other)), other),
    ]
    for (const [index, reason] of Object.values(reasons).entries()) {
      const { library } = await open(modelOf(WEIGHTS, { sources: [sources[index]] }))
      await expect(library.ensure(['small-model'])).rejects.toThrow(reason)
    }
  })
})

describe('a file with a wrong hash', () => {
  test('that a source gives is refused, set aside and said', async () => {
    const host = await startModelHost()
    const sources = fromUrls(host.on('/a', give(OTHERS)))
    const { library, cache } = await open(modelOf(WEIGHTS, { sources }))
    await expect(library.ensure(['small-model'])).rejects.toThrow()
    expect(await library.state('small-model')).toMatchObject({
      state: 'quarantined',
      reason: /small.onnx has the SHA-256/,
    })
    expect(await readFile(join(cache, '.quarantine', 'small-model-small.onnx'))).toEqual(OTHERS)
    await expect(library.path('small-model')).rejects.toMatchObject({
      message: /not installed\. small.onnx has the SHA-256/,
    })
  })

  test('in the cache is refused, and a model of the install comes anew', async () => {
    const host = await startModelHost()
    const sources = fromUrls(host.on('/a', give(WEIGHTS)))
    const { library, cache, again } = await open(modelOf(WEIGHTS, { sources, default: true }))
    await library.ensure(['small-model'])
    await writeFile(join(cache, 'small-model', 'small.onnx'), OTHERS)
    expect(await stored(await again().path('small-model'))).toEqual(WEIGHTS)
    expect(await readdir(join(cache, '.quarantine'))).toEqual(['small-model-small.onnx'])
  })

  test('that changes while the server runs is noticed before the next use', async () => {
    const host = await startModelHost()
    const { library, cache } = await open(modelOf(WEIGHTS, { sources: fromUrls(host.on('/a', give(WEIGHTS))) }))
    await library.ensure(['small-model'])
    await writeFile(join(cache, 'small-model', 'small.onnx'), OTHERS)
    await expect(library.path('small-model')).rejects.toThrow(/it was refused/)
  })
})

describe('the folder of the user', () => {
  async function own(bytes: Buffer, change: Partial<Model> = {}, onWrongFile?: LibraryOptions['onWrongFile']) {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'small-model'))
    await writeFile(join(folder, 'small-model', 'small.onnx'), bytes)
    return { folder, ...(await open(modelOf(WEIGHTS, change), { folder }, PATIENCE, onWrongFile)) }
  }

  test('is used in place, and nobody is asked', async () => {
    const { library, folder } = await own(WEIGHTS)
    expect(await library.path('small-model')).toBe(join(folder, 'small-model'))
    expect(await library.remove('small-model')).toBe(false)
  })

  test('is left as it is when a file there is wrong; the message says which', async () => {
    const details: string[] = []
    const { library, folder } = await own(OTHERS, {}, (detail) => details.push(detail))
    for (const _ of [1, 2]) {
      const refused = library.path('small-model')
      await expect(refused).rejects.toThrow(/In the folder of own models, small.onnx has/)
      await expect(refused).rejects.not.toThrow(folder)
    }
    expect(details).toEqual([expect.stringContaining(`In ${join(folder, 'small-model')}, small.onnx has`)])
    expect(await stored(join(folder, 'small-model'))).toEqual(OTHERS)
  })

  test('goes before a fetched model only when it is right', async () => {
    const host = await startModelHost()
    const { library } = await own(OTHERS, { sources: fromUrls(host.on('/a', give(WEIGHTS))) })
    await library.ensure(['small-model'])
    expect(await stored(await library.path('small-model'))).toEqual(WEIGHTS)
  })
})

describe('a non-commercial licence', () => {
  const licence = { weights: 'For research', code: 'MIT', commercial: 'no', note: 'Not for business.' } as const

  test('keeps a model from being fetched or used until it is accepted, also where its files are here', async () => {
    const host = await startModelHost()
    const model = modelOf(WEIGHTS, { licence, default: true, sources: fromUrls(host.on('/a', give(WEIGHTS))) })
    const { library, cache } = await open(model)
    const refusal = { code: 'forbidden', message: /"For research"\. Not for business\. .*ACCEPT_LICENSES=small-model/ }
    await expect(library.ensure(['small-model'])).rejects.toMatchObject(refusal)
    await expect(library.path('small-model')).rejects.toMatchObject(refusal)
    expect(host.asked).toEqual([])
    const agreed = await open(model, { cache, acceptLicences: ['small-model'] })
    await agreed.library.ensure(['small-model'])
    await expect(library.path('small-model')).rejects.toMatchObject(refusal)
  })

  test.each([['all' as const], [['small-model']]])('is accepted by the configuration %j', async (acceptLicences) => {
    const { library } = await open(modelOf(WEIGHTS, { licence }), { acceptLicences })
    expect(await library.isAccepted('small-model')).toBe(true)
  })

  test('that was accepted once is remembered, until it changes', async () => {
    const model = modelOf(WEIGHTS, { licence })
    const { library, cache } = await open(model)
    expect(await library.isAccepted('small-model')).toBe(false)
    await acceptLicence(model, cache)
    expect(await library.isAccepted('small-model')).toBe(true)
    expect(await readdir(cache)).toEqual(['accepted-licences.json'])
    const changed = await open(modelOf(WEIGHTS, { licence: { ...licence, weights: 'Another' } }), { cache })
    expect(await changed.library.isAccepted('small-model')).toBe(false)
  })
})

test('a model of the install that is on its way is waited for; who waits too long is told how far it is', async () => {
  const host = await startModelHost()
  let resume = () => {}
  const released = new Promise<void>((resolve) => {
    resume = resolve
  })
  const url = host.on('/a', give(WEIGHTS, { silentAt: HALF, resume: released }))
  const { library } = await open(modelOf(WEIGHTS, { default: true, sources: fromUrls(url) }))
  const patient = library.path('small-model', { waitMs: 60_000 })
  const half = { state: 'fetching', bytes: HALF, total: WEIGHTS.length }
  await expect.poll(() => library.state('small-model'), { timeout: 20_000 }).toEqual(half)
  await expect(library.path('small-model', { waitMs: 1 })).rejects.toMatchObject({
    code: 'model-unavailable',
    message: /being fetched: 50 % of 0.2 MB/,
  })
  await expect(library.remove('small-model')).rejects.toMatchObject({ code: 'conflict' })
  resume()
  expect(await stored(await patient)).toEqual(WEIGHTS)
})

test('a disk without room for the file is said before anything is fetched', async () => {
  const host = await startModelHost()
  const files = [{ name: 'small.onnx', bytes: 1e15, sha256: sha256(WEIGHTS) }]
  const { library } = await open(modelOf(WEIGHTS, { files, sources: fromUrls(host.on('/a', give(WEIGHTS))) }))
  await expect(library.ensure(['small-model'])).rejects.toMatchObject({
    code: 'storage-full',
    message: /needs 1000000000 MB, and \d+ MB are free/,
  })
  expect(host.asked).toEqual([])
})

test('a cache that cannot be written is said in a sentence', async () => {
  const file = join(await temporaryFolder(), 'a-file')
  await writeFile(file, '')
  const { library } = await open(modelOf(WEIGHTS, { sources: fromUrls('http://127.0.0.1:1/a') }), { cache: file })
  await expect(library.ensure(['small-model'])).rejects.toMatchObject({
    code: 'model-unavailable',
    message: /Small model could not be stored: E[A-Z]+$/,
  })
})
