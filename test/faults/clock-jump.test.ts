import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { expect, test, vi } from 'vitest'
import { type Listed, listTasks, postSmallTask, smallTask } from '../cluster/small-task'
import { onEachDatabase } from '../server/databases'
import { startProcess } from '../server/server-process'

const SHIFT_CLOCK = pathToFileURL(join(import.meta.dirname, 'shift-clock.mjs')).href
const KEY = 'a-key-of-this-test'
const YEAR_SECONDS = 366 * 86_400
const READ_AGAIN_MS = 200

/** A server whose clock can be set. The embedded database has no other clock than its process. */
async function startWithClock({ DATA_DIR: folder, ...env }: { DATA_DIR: string; DATABASE_URL: string | undefined }) {
  const offset = join(folder, 'clock-offset')
  const clock = { NODE_OPTIONS: `--import ${SHIFT_CLOCK}`, CLOCK_OFFSET: offset }
  const { address } = await startProcess(folder, { ...env, ...clock, API_KEY: KEY, WORKERS: '1' })
  const setClock = async (seconds: number) => {
    await writeFile(`${offset}.new`, String(seconds))
    await rename(`${offset}.new`, offset)
    await sleep(READ_AGAIN_MS)
  }
  return { address, setClock }
}

async function expectAllDone(address: string, uids: readonly string[]): Promise<readonly Listed[]> {
  const whenDone = async () => {
    const tasks = await listTasks(address)
    expect(tasks.map(({ uid }) => uid).sort()).toEqual([...uids].sort())
    expect(tasks.filter(({ status }) => status !== 'done')).toEqual([])
    return tasks
  }
  return vi.waitFor(whenDone, { timeout: 60_000, interval: 100 })
}

async function signIn(address: string): Promise<string> {
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ key: KEY })
  const response = await fetch(`${address}/api/v1/session`, { method: 'POST', headers, body })
  expect(response.status).toBe(200)
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

const admitted = async (address: string, headers: Record<string, string>) =>
  (await fetch(`${address}/api/v1/usage`, { headers })).status

onEachDatabase('a clock that jumps', ({ kind, create }) => {
  test('forward and back under load costs no task, and locks nobody out', { timeout: 180_000 }, async () => {
    const { address, setClock } = await startWithClock(await create())
    const cookie = await signIn(address)
    const uids: string[] = []
    for (const seconds of [0, 7200, -7200, 0]) {
      uids.push(await postSmallTask(address, await smallTask(uids.length)))
      uids.push(await postSmallTask(address, await smallTask(uids.length)))
      await setClock(seconds)
      // A bucket may be empty for a moment, and fills again at its rate.
      await vi.waitFor(async () => expect(await admitted(address, { 'X-API-Key': KEY })).toBe(200), 5000)
    }
    const tasks = await expectAllDone(address, uids)
    if (kind === 'PGlite') return
    // Leases and sessions are the database's to end, whatever the clock of this process says.
    expect(tasks.map(({ attempts }) => attempts)).toEqual(uids.map(() => 1))
    await setClock(YEAR_SECONDS)
    expect(await admitted(address, { cookie })).toBe(200)
  })
})
