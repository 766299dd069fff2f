import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { openStorage } from '../../server/storage/open-storage'
import { Machines } from '../cluster/machines'
import { onSharedServices } from '../cluster/services'
import { listTasks, postSmallTask, smallTask } from '../cluster/small-task'
import { testConfig } from '../server/support'

const TASKS = 12

onSharedServices('a storage that goes away and comes back', (services) => {
  test('costs no accepted task; meanwhile uploads are refused with 503 and leave nothing', {
    timeout: 300_000,
  }, async () => {
    const { s3, create } = services()
    const env = await create()
    const machines = new Machines(env)
    const api = await machines.start('api')
    const tasks = await Promise.all(Array.from({ length: TASKS }, (_, i) => smallTask(i)))
    const uids: string[] = []
    for (const task of tasks) uids.push(await postSmallTask(api.address, task))
    s3.down()
    await expect(machines.start('worker')).rejects.toThrow('The storage at STORAGE_URL could not be opened')
    await s3.up()
    await machines.start('worker')
    s3.down()

    const refusal = postSmallTask(api.address, tasks[0])
    await expect(refusal).rejects.toThrow('503: {"detail":"The file storage cannot be reached; try again in a moment"}')
    expect((await fetch(`${api.address}/health/ready`)).status).toBe(503)
    expect((await fetch(`${api.address}/api/v1/tasks`)).status).toBe(200)
    await sleep(3000) // so that tasks are begun, and put back
    await s3.up()

    const whenDone = async () =>
      expect((await listTasks(api.address)).map(({ status, error }) => ({ status, error }))).toEqual(
        uids.map(() => ({ status: 'done', error: null })),
      )
    await vi.waitFor(whenDone, { timeout: 120_000, interval: 250 })
    for (const { uid, attempts } of await listTasks(api.address)) {
      expect(attempts).toBe(1) // what was not its fault is not counted
      expect((await fetch(`${api.address}/results/${uid}/heatmap.png`)).status).toBe(200)
    }
    expect(await keysIn(env, 'incoming')).toEqual([])
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('darkroom-upload-'))).toEqual([])
  })
})

async function keysIn(env: Record<string, string>, folder: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of (await openStorage(testConfig(env).storage)).list(folder)) keys.push(key)
  return keys
}
