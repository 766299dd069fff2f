import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { createApp } from '../../server/api/app'
import { openDatabase } from '../../server/db/database'
import { openServices } from '../../server/services'
import { openLocalDisk } from '../../server/storage/local-disk'
import { cleanUp } from '../../server/tasks/cleanup'
import { dataFolder, endOf, silent, testConfig } from './support'

const TIMEOUT = 120_000 // two starts of a server, on machines that others load too

async function start(env: Record<string, string>) {
  const services = await openServices(testConfig(env), silent)
  let closing: Promise<void> | undefined
  const close = () => (closing ??= services.close())
  onTestFinished(close)
  return { engine: services.engine, app: createApp(services.engine, { log: () => {} }), close }
}

test(
  'a plate task whose time is over is answered as one that never was, and so are its pictures',
  async () => {
    const env = { DATA_DIR: await dataFolder() }
    const before = await start(env)
    const created = await before.app.request('/api/v1/process-task/', await oneQuadOnOnePhoto())
    const { task_id } = await created.json()
    const task = await before.engine.find(task_id)
    if (!task) throw new Error('The task is not there')
    await endOf(before.engine, task)
    const status = `/api/v1/task-status/${task_id}`
    const { results } = await (await before.app.request(status)).json()
    expect((await before.app.request(results[0].url)).status).toBe(200)
    await before.close()

    await expire(env)
    const { app } = await start(env)
    for (const path of [status, results[0].url, results[0].receipt_url]) {
      const gone = await app.request(path)
      expect([path, gone.status, await gone.json()]).toEqual([
        path,
        404,
        { detail: expect.stringMatching(/has expired|not found/) },
      ])
    }
  },
  TIMEOUT,
)

/** As the scheduled clean-up does it, once the task is older than its time. */
async function expire(env: { readonly DATA_DIR: string }): Promise<void> {
  const database = await openDatabase(testConfig(env))
  await cleanUp({ sql: database.sql, storage: openLocalDisk(join(env.DATA_DIR, 'files')), log: silent, ttlMs: -1000 })
  await database.close()
}

async function oneQuadOnOnePhoto(): Promise<RequestInit> {
  const photo = await sharp({ create: { width: 96, height: 64, channels: 3, background: '#667788' } })
    .jpeg()
    .toBuffer()
  const body = new FormData()
  body.append('files', new File([new Uint8Array(photo)], 'car.jpg'))
  body.append('quads', JSON.stringify([{ x1: 10, y1: 10, x2: 50, y2: 10, x3: 50, y3: 24, x4: 10, y4: 24 }]))
  body.append('second_look', 'false')
  return { method: 'POST', body }
}
