import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLocalDisk } from '../../server/storage/local-disk'
import type { Entry, Storage } from '../../server/storage/storage'
import { filesIn, temporaryFolder } from './support'

const bytes = (text: string) => new TextEncoder().encode(text)

async function openDisk() {
  const folder = await temporaryFolder()
  const root = join(folder, 'files')
  return { folder, root, disk: openLocalDisk(root) }
}

test('what was put is read back, whole and as a stream', async () => {
  const { disk } = await openDisk()
  await disk.put('uploads/a/b.png', bytes('picture'))
  expect(await disk.read('uploads/a/b.png')).toEqual(Buffer.from('picture'))
  const stored = await disk.open('uploads/a/b.png')
  expect(stored?.size).toBe(7)
  expect(await new Response(stored?.stream()).text()).toBe('picture')
})

test('a file that is put again is replaced', async () => {
  const { disk } = await openDisk()
  await disk.put('a/b', bytes('first'))
  await disk.put('a/b', bytes('second'))
  expect(String(await disk.read('a/b'))).toBe('second')
})

test('a stream that breaks off leaves no file, and not the old one half overwritten', async () => {
  const { disk, folder } = await openDisk()
  await disk.put('a/kept', bytes('whole'))
  const broken = async function* () {
    yield bytes('ha')
    throw new Error('line cut')
  }
  await expect(disk.put('a/kept', broken())).rejects.toThrow('line cut')
  await expect(disk.put('a/new', broken())).rejects.toThrow('line cut')
  expect(String(await disk.read('a/kept'))).toBe('whole')
  expect(await filesIn(folder)).toHaveLength(1)
})

test('a file that is not there is undefined when opened and not-found when read', async () => {
  const { disk } = await openDisk()
  expect(await disk.open('uploads/none')).toBeUndefined()
  await expect(disk.read('uploads/none')).rejects.toMatchObject({ code: 'not-found' })
})

test('a folder is no file', async () => {
  const { disk } = await openDisk()
  await disk.put('uploads/a/b', bytes('x'))
  expect(await disk.open('uploads/a')).toBeUndefined()
})

test('removing takes the whole folder, and what is not there is no error', async () => {
  const { disk, folder } = await openDisk()
  await disk.put('uploads/a/1', bytes('x'))
  await disk.put('uploads/a/2', bytes('x'))
  await disk.put('uploads/b/1', bytes('x'))
  await disk.remove('uploads/a')
  await disk.remove('uploads/none')
  expect(await filesIn(folder)).toEqual([join(folder, 'files/uploads/b/1')])
})

test('a file moves to a folder that is not there yet', async () => {
  const { disk } = await openDisk()
  await disk.put('incoming/x', bytes('x'))
  await disk.move('incoming/x', 'uploads/a/x.png')
  expect(await disk.open('incoming/x')).toBeUndefined()
  expect(String(await disk.read('uploads/a/x.png'))).toBe('x')
})

test('what lies right below a folder is listed with its time', async () => {
  const { disk } = await openDisk()
  await disk.put('uploads/a/1', bytes('x'))
  await disk.put('uploads/b/1', bytes('x'))
  const listed = await entries(disk, 'uploads')
  expect(listed.map(({ key }) => key).sort()).toEqual(['uploads/a', 'uploads/b'])
  expect(listed[0].modifiedAt.getTime()).toBeGreaterThan(Date.now() - 60_000)
  expect(await entries(disk, 'results')).toEqual([])
})

async function entries(disk: Storage, folder: string): Promise<Entry[]> {
  const found: Entry[] = []
  for await (const entry of disk.list(folder)) found.push(entry)
  return found
}

const ESCAPES = [
  '../secret',
  'uploads/../../secret',
  '/etc/passwd',
  'uploads//x',
  'uploads/./x',
  'uploads/..\\..\\secret',
  'C:/x',
  'uploads/x\0.png',
  'uploads/x\n',
  '.hidden/x',
  '',
  `uploads/${'x'.repeat(256)}`,
]

test.each(ESCAPES)('the key %j leads nowhere, whatever is done with it', async (key) => {
  const { disk, folder, root } = await openDisk()
  await mkdir(root)
  await writeFile(join(folder, 'secret'), 'secret')
  await disk.put('a/b', bytes('x'))
  const notFound = { code: 'not-found' }
  await expect(disk.put(key, bytes('x'))).rejects.toMatchObject(notFound)
  await expect(disk.open(key)).rejects.toMatchObject(notFound)
  await expect(disk.read(key)).rejects.toMatchObject(notFound)
  await expect(disk.move('a/b', key)).rejects.toMatchObject(notFound)
  await expect(disk.move(key, 'a/c')).rejects.toMatchObject(notFound)
  await expect(disk.remove(key)).rejects.toMatchObject(notFound)
  expect((await readdir(folder)).sort()).toEqual(['files', 'secret'])
})

test('a full disk is said to be one, and nothing is left of the file', async () => {
  const { disk, root } = await openDisk()
  const full = async function* () {
    yield bytes('half')
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  }
  await expect(disk.put('a/b', full())).rejects.toMatchObject({ code: 'storage-full', message: /full/ })
  expect(await filesIn(root)).toEqual([])
})
