import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { codecSharp } from '../../server/adapters/codec-sharp'
import { seeded } from '../support'
import { onEachDatabase, onPostgres } from './databases'
import { startProcess } from './server-process'
import { dataFolder } from './support'

const TASKS = 50

interface Listed {
  readonly uid: string
  readonly status: string
  readonly attempts: number
  readonly error: string | null
  readonly result_data: { readonly matches?: readonly { readonly x: number; readonly y: number }[] }
}

/** Noise, and a piece of it from the place (60, 40). */
async function pictures(): Promise<Record<'image' | 'template', Blob>> {
  const random = seeded(11)
  const [width, height, side] = [160, 120, 24]
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? 255 : random() * 256))
  const piece = new Uint8ClampedArray(side * side * 4)
  for (let y = 0; y < side; y++) {
    const from = ((40 + y) * width + 60) * 4
    piece.set(data.subarray(from, from + side * 4), y * side * 4)
  }
  const png = async (raster: Parameters<typeof codecSharp.encode>[0]) =>
    new Blob([await codecSharp.encode(raster, 'image/png')])
  return { image: await png({ width, height, data }), template: await png({ width: side, height: side, data: piece }) }
}

async function post(address: string, { image, template }: Awaited<ReturnType<typeof pictures>>): Promise<string> {
  const form = new FormData()
  form.append('image', image, 'screen.png')
  form.append('template', template, 'icon.png')
  const response = await fetch(`${address}/api/v1/match/template`, { method: 'POST', body: form })
  if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`)
  const { uid }: Listed = await response.json()
  return uid
}

async function list(address: string): Promise<{ total: number; tasks: Listed[] }> {
  const response = await fetch(`${address}/api/v1/tasks?limit=200`)
  return response.json()
}

async function whenAllEnded(address: string): Promise<Listed[]> {
  for (;;) {
    const { tasks } = await list(address)
    if (tasks.every(({ status }) => status === 'done' || status === 'error')) return tasks
    await sleep(200)
  }
}

onEachDatabase('killed in the middle of its work', ({ create }) => {
  test('every accepted task still ends done, none twice in the list, none lost', { timeout: 300_000 }, async () => {
    const { DATA_DIR: folder, ...env } = await create()
    const files = await pictures()
    const first = await startProcess(folder, env)
    const accepted: string[] = []
    // Sent while tasks run, so that the kill finds requests, claims, runs and results all under way.
    const sending = Promise.allSettled(
      Array.from({ length: TASKS }, async () => {
        accepted.push(await post(first.address, files))
      }),
    )
    while (accepted.length < TASKS * 0.6) await sleep(5)
    await first.kill('SIGKILL')
    await sending
    const second = await startProcess(folder, env)
    while (accepted.length < TASKS) accepted.push(await post(second.address, files))
    const tasks = await whenAllEnded(second.address)

    const uids = tasks.map(({ uid }) => uid)
    expect(new Set(uids).size).toBe(uids.length)
    expect(uids).toEqual(expect.arrayContaining(accepted))
    // A task that was accepted just as the process died may be there though its client never heard so.
    expect(uids.length).toBeGreaterThanOrEqual(TASKS)
    for (const { status, error, result_data } of tasks) {
      expect({ status, error }).toEqual({ status: 'done', error: null })
      expect(result_data.matches?.[0]).toMatchObject({ x: 60, y: 40 })
    }
    for (const uid of accepted) {
      const picture = await fetch(`${second.address}/results/${uid}/heatmap.png`)
      expect(picture.headers.get('content-type')).toBe('image/png')
      await picture.body?.cancel()
    }
  })
})

onPostgres('roles apart', ({ create }) => {
  test('tasks of a worker that is killed are run by another, and the API answers all along', {
    timeout: 300_000,
  }, async () => {
    const { DATA_DIR: folder, ...env } = await create()
    const [api, doomed] = await Promise.all([
      startProcess(folder, { ...env, ROLE: 'api' }),
      startProcess(folder, { ...env, ROLE: 'worker' }),
    ])
    const files = await pictures()
    const sent = Array.from({ length: 10 }, () => post(api.address, files))
    await Promise.race(sent)
    await doomed.kill('SIGKILL')
    const [uids] = await Promise.all([Promise.all(sent), startProcess(folder, { ...env, ROLE: 'worker' })])
    const tasks = await whenAllEnded(api.address)
    expect(tasks.map(({ uid }) => uid).sort()).toEqual(uids.sort())
    expect(tasks.map(({ status, error }) => ({ status, error }))).toEqual(
      uids.map(() => ({ status: 'done', error: null })),
    )
  })
})

test('a wrong variable stops the start with its sentence', async () => {
  const folder = await dataFolder()
  const refused = startProcess(folder, { PORT: 'http', ROLE: 'boss' })
  await expect(refused).rejects.toThrow(/code 1: PORT must be .+\nROLE must be /)
})

test('a database that cannot be reached stops the start with a sentence', async () => {
  const refused = startProcess(await dataFolder(), { DATABASE_URL: 'postgres://postgres:secret@127.0.0.1:1/none' })
  await expect(refused).rejects.toThrow(/code 1: The database at DATABASE_URL could not be opened: (?!.*secret)/)
})

test('a folder is for one process at a time: a second one is refused with a sentence; one that is asked to stop lets its tasks end first', async () => {
  const folder = await dataFolder()
  const files = await pictures()
  const ended: string[] = []
  for (const how of ['interrupt', 'SIGTERM'] as const) {
    const server = await startProcess(folder, {})
    if (how === 'interrupt') {
      await expect(startProcess(folder, {})).rejects.toThrow(/code 1: DATA_DIR .+ is in use by process \d+/)
    }
    ended.push(await post(server.address, files))
    await (how === 'interrupt' ? server.interrupt() : server.kill(how))
  }
  const tasks = await whenAllEnded((await startProcess(folder, {})).address)
  expect(tasks.map(({ uid }) => uid).sort()).toEqual(ended.sort())
  expect(tasks).toMatchObject(ended.map(() => ({ status: 'done', attempts: 1 })))
})
