import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLocalDisk } from '../../server/storage/local-disk'
import { ESCAPES } from './escapes'
import { filesIn, temporaryFolder } from './support'

const bytes = (text: string) => new TextEncoder().encode(text)

async function openDisk() {
  const folder = await temporaryFolder()
  const root = join(folder, 'files')
  return { folder, root, disk: openLocalDisk(root) }
}

test.each(ESCAPES)('the key %j leads to nothing beside the folder', async (key) => {
  const { disk, folder, root } = await openDisk()
  await mkdir(root)
  await writeFile(join(folder, 'secret'), 'secret')
  await disk.put('a/b', bytes('x'))
  await Promise.allSettled([disk.put(key, bytes('x')), disk.move('a/b', key), disk.remove(key)])
  expect((await readdir(folder)).sort()).toEqual(['files', 'secret'])
})

test('a stream that breaks off leaves nothing anywhere', async () => {
  const { disk, folder } = await openDisk()
  const broken = async function* () {
    yield bytes('ha')
    throw new Error('line cut')
  }
  await expect(disk.put('a/new', broken())).rejects.toThrow('line cut')
  expect(await filesIn(folder)).toEqual([])
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
