import { readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../server/api/app'
import { type HttpServer, serve } from '../../server/http'
import { openServices, type Services } from '../../server/services'
import { openLocalDisk } from '../../server/storage/local-disk'
import { openStoredFile } from '../../server/storage/stored-file'
import { dataFolder, FAKE_CHILD, silent, submit, testConfig } from './support'

const MORE_THAN_SOCKETS_HOLD = 32_000_000
const AGAIN = Array.from({ length: 20 })

let services: Services
let server: HttpServer
let root: string
let key: string
let url: string

beforeAll(async () => {
  const folder = await dataFolder()
  root = join(folder, 'files')
  services = await openServices(
    testConfig({ DATA_DIR: folder, MAX_FILE_MB: '40', MAX_UPLOAD_MB: '40' }),
    silent,
    FAKE_CHILD,
  )
  const app = createApp(services.engine, { log: () => {} })
  server = await serve({ host: '127.0.0.1', ports: [0], allowedHosts: [], fetch: app.fetch, log: () => {} })
  const task = await submit(services.engine, {}, { image: new Blob([new Uint8Array(MORE_THAN_SOCKETS_HOLD)]) })
  key = `uploads/${task.uid}/image.png`
  url = `${server.address}/${key}`
})

afterAll(async () => {
  await server.close(0)
  await services.close()
})

/** Of the stored files, those that this process holds open. */
async function openFiles(): Promise<string[]> {
  const descriptors = await readdir('/proc/self/fd')
  const paths = await Promise.all(descriptors.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')))
  return paths.filter((path) => path.startsWith(root))
}

/** Fails by the test's time limit. */
async function untilClosed(): Promise<void> {
  while ((await openFiles()).length > 0) await sleep(10)
}

const onLinux = test.skipIf(process.platform !== 'linux') // elsewhere a process cannot list what it holds open

onLinux('a file that is asked for and never read holds nothing open', async () => {
  const disk = openLocalDisk(root)
  const files = await Promise.all(AGAIN.map(() => openStoredFile(disk, key)))
  await sleep(100) // what opens ahead of its reader does so by now
  expect(files.map((file) => file?.size)).toEqual(AGAIN.map(() => MORE_THAN_SOCKETS_HOLD))
  expect(await openFiles()).toEqual([])
})

onLinux('requests for the headers, or for what the client has, leave no file open', async () => {
  const etag = (await fetch(url, { method: 'HEAD' })).headers.get('etag') ?? ''
  const answers = await Promise.all(
    AGAIN.flatMap(() => [fetch(url, { method: 'HEAD' }), fetch(url, { headers: { 'if-none-match': etag } })]),
  )
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 304]))
  await untilClosed()
})

onLinux('clients that go away before the end, or before the first byte, leave no file open', async () => {
  const begun = await Promise.all(
    AGAIN.map(async () => {
      const away = new AbortController()
      const reader = (await fetch(url, { signal: away.signal })).body?.getReader()
      await reader?.read()
      return away
    }),
  )
  expect((await openFiles()).length).toBe(AGAIN.length)
  for (const away of begun) away.abort()
  await untilClosed()
  await Promise.allSettled(AGAIN.map((_, ms) => fetch(url, { signal: AbortSignal.timeout(ms) })))
  await untilClosed()
})
