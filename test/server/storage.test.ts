import { readdir, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { checkStorage, openStorage } from '../../server/storage/open-storage'
import { removeDeadSpools } from '../../server/storage/spool'
import type { Entry, Storage } from '../../server/storage/storage'
import { startBlobService } from './blob-service'
import { ESCAPES } from './escapes'
import { hasS3, type S3Server, startS3 } from './s3-server'
import { temporaryFolder, testConfig } from './support'

// What servers of other tests keep for a moment must not be seen.
beforeAll(async () => {
  vi.stubEnv('TMPDIR', await temporaryFolder())
})
afterAll(() => {
  vi.unstubAllEnvs()
})

const bytes = (text: string) => new TextEncoder().encode(text)

async function* broken() {
  yield bytes('ha')
  throw new Error('line cut')
}

async function entries(storage: Storage, folder: string): Promise<Entry[]> {
  const found: Entry[] = []
  for await (const entry of storage.list(folder)) found.push(entry)
  return found
}

const keysIn = async (storage: Storage, folder: string) => (await entries(storage, folder)).map(({ key }) => key).sort()

/** What holds wherever the files are. `open` gives an empty storage. */
function keepsFiles(open: () => Promise<Storage>): void {
  test('what was put is read back, whole and as a stream that can be read again', async () => {
    const storage = await open()
    await storage.put('uploads/a/b.png', bytes('picture'))
    expect(String(Buffer.from(await storage.read('uploads/a/b.png')))).toBe('picture')
    const stored = await storage.open('uploads/a/b.png')
    expect(stored?.size).toBe(7)
    for (const _ of [1, 2]) expect(await new Response(stored?.stream()).text()).toBe('picture')
  })

  test('names in any language and with signs of URLs and XML in them are kept apart', async () => {
    const storage = await open()
    const names = ['ü x.png', 'a+b.png', 'a b.png', '<&>.png', '100%.png', "it's (1)!*.png", '图.png', 'q?x=1#y']
    for (const name of names) await storage.put(`results/a/${name}`, bytes(name))
    expect(await keysIn(storage, 'results/a')).toEqual(names.map((name) => `results/a/${name}`).sort())
    for (const name of names) expect(String(Buffer.from(await storage.read(`results/a/${name}`)))).toBe(name)
  })

  test('a stream of a megabyte arrives as it was sent', async () => {
    const storage = await open()
    const chunk = new Uint8Array(65_536).map((_, i) => i * 7)
    const sent = Buffer.concat(Array.from({ length: 16 }, () => chunk))
    await storage.put(
      'incoming/x',
      (async function* () {
        for (let i = 0; i < 16; i++) yield chunk
      })(),
    )
    expect(sent.equals(await storage.read('incoming/x'))).toBe(true)
  })

  test('a file that is put again is replaced, and may be empty', async () => {
    const storage = await open()
    await storage.put('a/b', bytes('first'))
    await storage.put('a/b', new Uint8Array())
    expect(await storage.read('a/b')).toHaveLength(0)
    expect((await storage.open('a/b'))?.size).toBe(0)
  })

  test('a stream that breaks off leaves no file, and not the old one half overwritten', async () => {
    const storage = await open()
    await storage.put('a/kept', bytes('whole'))
    await expect(storage.put('a/kept', broken())).rejects.toThrow('line cut')
    await expect(storage.put('a/new', broken())).rejects.toThrow('line cut')
    expect(String(Buffer.from(await storage.read('a/kept')))).toBe('whole')
    expect(await keysIn(storage, 'a')).toEqual(['a/kept'])
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('darkroom-upload-'))).toEqual([])
  })

  test('a file that is not there is undefined when opened and not-found when read or moved', async () => {
    const storage = await open()
    expect(await storage.open('uploads/none')).toBeUndefined()
    await expect(storage.read('uploads/none')).rejects.toMatchObject({ code: 'not-found' })
    await expect(storage.move('uploads/none', 'uploads/b')).rejects.toThrow()
  })

  test('a folder is no file', async () => {
    const storage = await open()
    await storage.put('uploads/a/b', bytes('x'))
    expect(await storage.open('uploads/a')).toBeUndefined()
  })

  test('removing takes the whole folder and no other that begins alike; what is not there is no error', async () => {
    const storage = await open()
    for (const key of ['uploads/a/1', 'uploads/a/2', 'uploads/ab/1']) await storage.put(key, bytes('x'))
    await storage.remove('uploads/a')
    await storage.remove('uploads/none')
    expect(await keysIn(storage, 'uploads')).toEqual(['uploads/ab'])
  })

  test('a file moves to a folder that is not there yet', async () => {
    const storage = await open()
    await storage.put('incoming/x', bytes('x'))
    await storage.move('incoming/x', 'uploads/a/ü x.png')
    expect(await storage.open('incoming/x')).toBeUndefined()
    expect(String(Buffer.from(await storage.read('uploads/a/ü x.png')))).toBe('x')
  })

  test('what lies right below a folder is listed with its time', async () => {
    const storage = await open()
    for (const key of ['uploads/a/1', 'uploads/a/2', 'uploads/b/1']) await storage.put(key, bytes('x'))
    expect(await keysIn(storage, 'uploads')).toEqual(['uploads/a', 'uploads/b'])
    const [{ modifiedAt }] = await entries(storage, 'uploads')
    expect(Math.abs(modifiedAt.getTime() - Date.now())).toBeLessThan(600_000)
    expect(await entries(storage, 'results')).toEqual([])
  })

  test.each(ESCAPES)('the key %j leads nowhere, whatever is done with it', async (key) => {
    const storage = await open()
    await storage.put('a/b', bytes('x'))
    const notFound = { code: 'not-found' }
    await expect(storage.put(key, bytes('x'))).rejects.toMatchObject(notFound)
    await expect(storage.open(key)).rejects.toMatchObject(notFound)
    await expect(storage.read(key)).rejects.toMatchObject(notFound)
    await expect(storage.move('a/b', key)).rejects.toMatchObject(notFound)
    await expect(storage.move(key, 'a/c')).rejects.toMatchObject(notFound)
    await expect(storage.remove(key)).rejects.toMatchObject(notFound)
  })
}

const storageOf = (env: Record<string, string>) => openStorage(testConfig(env).storage)

describe('a storage on the local disk', () => keepsFiles(async () => storageOf({ DATA_DIR: await temporaryFolder() })))

describe('a storage at Vercel Blob, of which a stand-in answers', () => {
  let service: Awaited<ReturnType<typeof startBlobService>>
  let folders = 0
  beforeAll(async () => {
    service = await startBlobService()
  })
  afterAll(() => service.stop())
  keepsFiles(async () =>
    storageOf({ STORAGE_URL: `vercel-blob://folder-${++folders}`, BLOB_READ_WRITE_TOKEN: service.token }),
  )

  test('a wrong token is refused at the start with a sentence that does not have it', async () => {
    const wrong = await storageOf({
      STORAGE_URL: 'vercel-blob://x',
      BLOB_READ_WRITE_TOKEN: 'vercel_blob_rw_storeid_wrong',
    })
    await expect(checkStorage(wrong)).rejects.toThrow(/^The storage at STORAGE_URL .* refuses the keys(?!.*_wrong)/)
  })
})

describe.skipIf(!hasS3)(`a storage at S3${hasS3 ? '' : ' (skipped: Debian’s swift is not installed here)'}`, () => {
  let server: S3Server | undefined
  beforeAll(async () => {
    server = await startS3()
  }, 120_000)
  afterAll(() => server?.stop())
  const bucket = () => {
    if (!server) throw new Error('The S3 server has not started')
    return server.createBucket()
  }
  keepsFiles(async () => storageOf(await bucket()))

  test.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])('a wrong %s is refused in every call', async (name) => {
    const env = await bucket()
    const right = await storageOf(env)
    await right.put('a/b', bytes('x'))
    const wrong = await storageOf({ ...env, [name]: 'wrong-key' })
    const refused = { code: 'unavailable', message: 'The file storage refuses the keys of this server' }
    await expect(wrong.put('a/c', bytes('x'))).rejects.toMatchObject(refused)
    await expect(wrong.open('a/b')).rejects.toMatchObject(refused)
    await expect(wrong.read('a/b')).rejects.toMatchObject(refused)
    await expect(wrong.move('a/b', 'a/c')).rejects.toMatchObject(refused)
    await expect(wrong.remove('a/b')).rejects.toMatchObject(refused)
    await expect(entries(wrong, 'a')).rejects.toMatchObject(refused)
    await expect(checkStorage(wrong)).rejects.toThrow(/^The storage at STORAGE_URL .* refuses the keys(?!.*wrong-key)/)
    expect(await keysIn(right, 'a')).toEqual(['a/b'])
  })

  test('a bucket that is not there is told at the start', async () => {
    const { STORAGE_URL, ...keys } = await bucket()
    const none = await storageOf({ ...keys, STORAGE_URL: STORAGE_URL.replace(/bucket-\d+/, 'bucket-none') })
    await expect(checkStorage(none)).rejects.toThrow(/NoSuchBucket/)
  })

  test('a link gives the file with the headers that were asked for, to nobody who changes it', async () => {
    const storage = await storageOf(await bucket())
    await storage.put('results/a/ü x.png', bytes('picture'))
    const answer = { disposition: 'attachment; filename="x.png"', type: 'image/png' }
    const link = await storage.link?.('results/a/ü x.png', answer)
    const response = await fetch(link ?? '')
    expect(await response.text()).toBe('picture')
    expect(response.headers.get('content-disposition')).toBe(answer.disposition)
    expect(response.headers.get('content-type')).toBe(answer.type)
    expect((await fetch(link?.replace('results/a', 'results/b') ?? '')).status).toBe(403)
    expect(link).not.toContain('testing')
  })
})

test('a server that is not there is told, without the keys', async () => {
  const env = {
    STORAGE_URL: 's3://bucket?endpoint=http://127.0.0.1:1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'sesame',
  }
  const refused = storageOf(env).then(checkStorage)
  await expect(refused).rejects.toThrow(/cannot be reached.*(?!sesame)/)
})

test('what a killed process left on its way to the store is removed after an hour, and nothing else', async () => {
  const names = ['darkroom-upload-dead', 'darkroom-upload-alive', 'another-file']
  for (const name of names) await writeFile(join(tmpdir(), name), 'x')
  const longAgo = new Date(Date.now() - 2 * 3_600_000)
  for (const name of ['darkroom-upload-dead', 'another-file']) await utimes(join(tmpdir(), name), longAgo, longAgo)
  await removeDeadSpools()
  expect((await readdir(tmpdir())).filter((name) => names.includes(name)).sort()).toEqual([
    'another-file',
    'darkroom-upload-alive',
  ])
})
