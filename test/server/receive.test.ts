import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { openLocalDisk } from '../../server/storage/local-disk'
import { receive } from '../../server/uploads/receive'
import { filesIn, multipart, temporaryFolder } from './support'

const limits = { fileBytes: 1000, cloudBytes: 3000, totalBytes: 10_000, files: 3 }

async function receiver() {
  const folder = await temporaryFolder()
  const storage = openLocalDisk(folder)
  return { folder, storage, take: (request: Request) => receive(request, storage, limits) }
}

const file = (size: number, name = 'x.png') => new File([new Uint8Array(size)], name)

/** A body that comes in pieces, without telling its length. */
function streamed(boundary: string, pieces: Iterable<string> | AsyncIterable<string>): Request {
  const body = Readable.toWeb(Readable.from(pieces, { objectMode: false }))
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  return new Request('http://localhost/', { method: 'POST', headers, body, duplex: 'half' } as unknown as RequestInit)
}

const part = (field: string, content: string) =>
  `--b\r\nContent-Disposition: form-data; name="${field}"; filename="${field}.png"\r\n\r\n${content}\r\n`

test('files come with their field, name and size, in the order they were sent; fields with every value', async () => {
  const { take, storage } = await receiver()
  const form = new FormData()
  form.append('image', file(900, 'screen.png'))
  form.append('threshold', '0.5')
  form.append('template', file(3, 'значок.png'))
  form.append('threshold', '0.7')
  const { files, fields } = await take(new Request('http://localhost/', { method: 'POST', body: form }))
  expect(files).toMatchObject([
    { field: 'image', name: 'screen.png', size: 900 },
    { field: 'template', name: 'значок.png', size: 3 },
  ])
  expect(fields).toEqual([
    ['threshold', '0.5'],
    ['threshold', '0.7'],
  ])
  expect(await storage.read(files[1].key)).toHaveLength(3)
})

test('discarding removes what no task has taken', async () => {
  const { take, folder, storage } = await receiver()
  const { files, discard } = await take(multipart({ image: file(1), template: file(1) }))
  await storage.move(files[0].key, 'uploads/a/x.png')
  await discard()
  expect(await filesIn(folder)).toEqual([join(folder, 'uploads/a/x.png')])
})

test('an empty file is received as such; whether that is right is the caller’s to say', async () => {
  const { take } = await receiver()
  expect((await take(multipart({ image: file(0) }))).files).toMatchObject([{ field: 'image', size: 0 }])
})

test.each([
  ['a control character', 'a\u0001b.png'],
  ['a null', 'a\u0000b.png'],
])('%s in a file name is refused with the part that has it', async (_, name) => {
  const { take, folder } = await receiver()
  const bad = `--b\r\nContent-Disposition: form-data; name="template"; filename="${name}"\r\n\r\nx\r\n--b--\r\n`
  await expect(take(streamed('b', [part('image', 'x'), bad]))).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringMatching(/header of part 2 .*control characters/),
  })
  expect(await filesIn(folder)).toEqual([])
})

test('a body that ends within a header was cut short', async () => {
  const { take } = await receiver()
  const cut = '--b\r\nContent-Disposition: form-data; na'
  await expect(take(streamed('b', [part('image', 'x'), cut]))).rejects.toThrow(/cut short/)
})

test('a file that begins after the closing boundary and has no end is refused: nobody waits for the rest of it', async () => {
  const { take, folder } = await receiver()
  const open = '--b\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\nx'
  const body = `--b--\r\n${part('template', 'x')}${open}`
  await expect(take(streamed('b', [body]))).rejects.toThrow(/cut short/)
  expect(await filesIn(folder)).toEqual([])
})

test('a file name is never part of a path', async () => {
  const { take, folder } = await receiver()
  await take(multipart({ image: file(1, '../../../evil.png') }))
  expect(await filesIn(folder)).toEqual([expect.stringMatching(/\/incoming\/[0-9a-f-]{36}$/)])
})

test('a file of exactly the limit is taken', async () => {
  const { take } = await receiver()
  expect((await take(multipart({ image: file(1000) }))).files).toMatchObject([{ size: 1000 }])
})

const refused: readonly [what: string, request: () => Request, error: object][] = [
  [
    'a file over the limit',
    () => multipart({ image: file(1001) }),
    { code: 'too-large', issues: [{ path: ['image'] }], message: expect.stringContaining('0.001 MB') },
  ],
  [
    'a good file beside one that is over the limit',
    () => multipart({ image: file(10), template: file(2000) }),
    { code: 'too-large', issues: [{ path: ['template'] }] },
  ],
  [
    'more files than are taken',
    () => multipart({ a: file(1), b: file(1), c: file(1), d: file(1) }),
    { code: 'too-large', message: expect.stringContaining('3 files') },
  ],
  [
    'a body that says it is over the limit',
    () => multipart({ image: file(1) }, { headers: { 'content-length': '100000000' } }),
    { code: 'too-large' },
  ],
  [
    'a body over the limit that does not say so',
    () => streamed('b', [part('a', 'x'), part('b', 'y'), 'x'.repeat(200_000)]),
    { code: 'too-large' },
  ],
  [
    'a field over the limit',
    () => multipart({ image: file(1), note: 'x'.repeat(70_000) }),
    { code: 'too-large', issues: [{ path: ['note'] }] },
  ],
  [
    'a body that is cut short within a file',
    () => streamed('b', [part('image', 'whole'), part('template', 'half').slice(0, -3)]),
    { code: 'invalid-input', message: expect.stringContaining('cut short') },
  ],
  ['a client that goes away in the middle', () => streamed('b', brokenOff()), { code: 'invalid-input' }],
  [
    'a body that is no multipart',
    () =>
      new Request('http://localhost/', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }),
    { code: 'invalid-input', message: expect.stringContaining('multipart/form-data') },
  ],
  ['no body', () => new Request('http://localhost/', { method: 'POST' }), { code: 'invalid-input' }],
  [
    'multipart without a boundary',
    () =>
      new Request('http://localhost/', {
        method: 'POST',
        body: 'x',
        headers: { 'content-type': 'multipart/form-data' },
      }),
    { code: 'invalid-input' },
  ],
]

test.each(refused)('%s is refused with a sentence, and leaves nothing behind', async (_what, request, error) => {
  const { take, folder } = await receiver()
  await expect(take(request())).rejects.toMatchObject(error)
  expect(await filesIn(folder)).toEqual([])
})

async function* brokenOff() {
  yield part('image', 'whole')
  yield part('template', 'half').slice(0, -10)
  throw new Error('aborted')
}

test('a point cloud may be larger than a picture, within a limit of its own', async () => {
  const { take, folder } = await receiver()
  const { files } = await take(multipart({ scene_file: file(3000, 'scan.PLY') }))
  expect(files[0].size).toBe(3000)
  await expect(take(multipart({ scene_file: file(3001, 'scan.ply') }))).rejects.toMatchObject({ code: 'too-large' })
  await expect(take(multipart({ image: file(3000, 'scan.ply.png') }))).rejects.toMatchObject({ code: 'too-large' })
  expect(await filesIn(folder)).toHaveLength(1)
})
