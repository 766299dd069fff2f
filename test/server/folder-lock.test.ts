import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FolderLockedError, lockFolder } from '../../server/db/folder-lock'
import { temporaryFolder } from './support'

const owner = (more: object) => JSON.stringify({ token: 'theirs', pid: 1, began: '', host: hostname(), ...more })

async function deadPid(): Promise<number | undefined> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid
}

test('a folder is taken once, and again after it was given back', async () => {
  const folder = await temporaryFolder()
  const unlock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(FolderLockedError)
  await unlock()
  const again = await lockFolder(folder)
  await again()
  expect(await readdir(folder)).toEqual([])
})

test('the refusal names the process and says what to do', async () => {
  const folder = await temporaryFolder()
  const unlock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(new RegExp(`process ${process.pid}.+DATABASE_URL`))
  await unlock()
})

test('the lock of a process that was killed is taken over at once', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'lock'), owner({ pid: await deadPid() }))
  const unlock = await lockFolder(folder)
  await unlock()
})

test('a later process with the same id is not mistaken for the owner', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'lock'), owner({ pid: process.pid, began: '1' }))
  const unlock = await lockFolder(folder)
  await unlock()
})

test('an owner on another host is believed alive while it gives signs of life', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'lock'), owner({ host: 'elsewhere' }))
  await expect(lockFolder(folder)).rejects.toThrow('elsewhere')
  await utimes(join(folder, 'lock'), new Date(0), new Date(0))
  const unlock = await lockFolder(folder)
  await unlock()
})

test('a lock file that was cut short belongs to nobody', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'lock'), '{"pid":')
  const unlock = await lockFolder(folder)
  await unlock()
})

test('of many that find the same dead lock at once, one gets the folder', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'lock'), owner({ pid: await deadPid() }))
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)))
  const got = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  expect(got).toHaveLength(1)
  await got[0]()
})
