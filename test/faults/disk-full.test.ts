import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { postSmallTask, smallTask } from '../cluster/small-task'
import { onPostgres } from '../server/databases'
import { startProcess } from '../server/server-process'
import { filesIn } from '../server/support'

const disk = mountSmallDisk()

/** A disk of 8 MB, where this process may mount one: as root of its own machine or container. */
function mountSmallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-disk-'))
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
}

afterAll(() => {
  if (disk === undefined) return
  execFileSync('/bin/umount', ['--lazy', disk])
  rmSync(disk, { recursive: true })
})

describe.skipIf(!disk)(`a full disk${disk ? '' : ' (skipped: no disk may be mounted here)'}`, () => {
  onPostgres('of files', ({ create }) => {
    test('uploads are refused with 507 and leave nothing; once there is room they are taken again', async () => {
      const folder = disk ?? ''
      const { address } = await startProcess(folder, { ...(await create()), DATA_DIR: folder, WORKERS: '1' })
      const task = await smallTask(1)
      const ballast = join(folder, 'ballast')
      const before = await filesIn(join(folder, 'files'))
      fill(ballast)
      await expect(postSmallTask(address, task)).rejects.toThrow(
        '507: {"detail":"The disk of the server is full; try again once there is room"}',
      )
      expect(await filesIn(join(folder, 'files'))).toEqual(before)
      expect((await fetch(`${address}/health/ready`)).status).toBe(503)
      expect((await fetch(`${address}/api/v1/tasks`)).status).toBe(200)
      await rm(ballast)
      expect(await postSmallTask(address, task)).toMatch(/^[0-9a-f-]{36}$/)
      expect((await fetch(`${address}/health/ready`)).status).toBe(200)
    })
  })
})

/** To the last byte. */
function fill(path: string): void {
  mkdirSync(join(path, '..'), { recursive: true })
  let size = 8e6
  while (size > 0) {
    try {
      writeFileSync(path, Buffer.alloc(size), { flag: 'a' })
    } catch {
      size = Math.floor(size / 2)
    }
  }
}
