import { request } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { postSmallTask, smallTask } from '../cluster/small-task'
import { onPostgres } from '../server/databases'
import { startProcess } from '../server/server-process'
import { filesIn } from '../server/support'
import { MemoryWatch } from './memory'
import { mixedLoad } from './mixed-load'

// LOAD_SECONDS=20 npm run load is a quick look.
const SECONDS = Number(process.env.LOAD_SECONDS ?? 300)
const CONNECTIONS = 32
const WATCHERS = 1000
const UPLOADS = 200
const UPLOAD_BYTES = 10_000_000

/** So small that the load reaches it: then tasks are refused and not only slow. */
const QUEUE_LIMIT = '300'

onPostgres('a server under load', ({ create }) => {
  const start = async (role: { ROLE?: string } = {}) => {
    const { DATA_DIR, ...env } = await create()
    return { folder: DATA_DIR, ...(await startProcess(DATA_DIR, { ...env, ...role, QUEUE_LIMIT, LOG_LEVEL: 'error' })) }
  }

  test(`${SECONDS} s of mixed requests at its limit: memory is flat, and what is too much is refused at once`, async () => {
    const { address, pid } = await start()
    await mixedLoad(address, CONNECTIONS, Math.min(20, SECONDS)) // caches and pools are filled
    const memory = new MemoryWatch(pid)
    const figures = await mixedLoad(address, CONNECTIONS, SECONDS)
    const megabytes = memory.stop()
    console.log(figures, megabytes)
    expect(Object.keys(figures.statuses).filter((status) => !['200', '201', '429', '503'].includes(status))).toEqual([])
    expect(figures.errors).toBe(0)
    expect(megabytes.server.late).toBeLessThan(megabytes.server.early * 1.15)
    expect(megabytes.compute.late).toBeLessThan(megabytes.compute.early * 1.15)
  })

  test(`${WATCHERS} follow one task by events, and hear of its end`, async () => {
    const { address, pid } = await start({ ROLE: 'api' }) // nobody runs it
    const uid = await postSmallTask(address, await smallTask(0))
    const memory = new MemoryWatch(pid)
    const begun = performance.now()
    const streams = await Promise.all(
      Array.from({ length: WATCHERS }, () => fetch(`${address}/api/v1/tasks/${uid}/events`)),
    )
    const connected = performance.now()
    expect(streams.filter(({ status }) => status !== 200)).toEqual([])
    const heard = Promise.all(streams.map((stream) => stream.text()))
    const quick = performance.now()
    expect((await fetch(`${address}/api/v1/tasks?limit=5`)).status).toBe(200)
    const listed = performance.now()
    await fetch(`${address}/api/v1/tasks/${uid}`, { method: 'DELETE' })
    const texts = await heard
    const ended = performance.now()
    console.log({
      watchers: WATCHERS,
      ms: { connect: connected - begun, listBesideThem: listed - quick, allTold: ended - listed },
      megabytes: memory.stop(),
    })
    const told = texts.filter((text) => /id: end\nevent: task\ndata: .*"error_code":"canceled"/.test(text))
    expect(told).toHaveLength(WATCHERS)
  })

  test(`${UPLOADS} uploads of ${UPLOAD_BYTES / 1e6} MB at once go to the disk, not to memory`, async () => {
    const { address, pid, folder } = await start()
    const { headers, body } = await encodedForm(new Blob([bitmap(UPLOAD_BYTES)]), (await smallTask(0)).template)
    const memory = new MemoryWatch(pid)
    const begun = performance.now()
    const statuses = await Promise.all(Array.from({ length: UPLOADS }, () => upload(address, headers, body)))
    const seconds = (performance.now() - begun) / 1000
    const megabytes = memory.stop()
    const counted = Object.fromEntries(
      [...new Set(statuses)].map((one) => [one, statuses.filter((s) => s === one).length]),
    )
    console.log({ uploads: UPLOADS, statuses: counted, seconds, megabytes })
    expect(Object.keys(counted).filter((status) => !['201', '503'].includes(status))).toEqual([])
    expect(megabytes.server.max - megabytes.server.start).toBeLessThan((UPLOADS * UPLOAD_BYTES) / 1e6 / 4)
    expect((await filesIn(join(folder, 'files'))).filter((path) => path.includes('/incoming/'))).toEqual([])
  })
})

/** @returns the status, or the code of the error where the connection broke without one */
const upload = (address: string, headers: Record<string, string>, body: Buffer): Promise<string> =>
  new Promise((resolve) => {
    // A refusal comes before the body has been sent, which `fetch` takes for a broken connection.
    const sent = request(`${address}/api/v1/match/template`, { method: 'POST', headers, agent: false })
    sent.on('response', (response) => {
      response.resume()
      resolve(String(response.statusCode))
    })
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    sent.end(body)
  })

/** A form as bytes, made once: this process must not be what is slow. */
async function encodedForm(image: Blob, template: Blob) {
  const form = new FormData()
  form.append('image', image, 'large.bmp')
  form.append('template', template, 'icon.png')
  const encoded = new Response(form)
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' }
  return { headers, body: Buffer.from(await encoded.arrayBuffer()) }
}

const HEADER_BYTES = 54

/** A Windows bitmap of about so many bytes, 24 bits a pixel, with a pattern. */
function bitmap(bytes: number): Uint8Array<ArrayBuffer> {
  const width = 2000 // a row is then a whole number of words
  const height = Math.floor((bytes - HEADER_BYTES) / (width * 3))
  const file = Buffer.alloc(HEADER_BYTES + width * height * 3)
  file.write('BM', 0, 'latin1')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(HEADER_BYTES, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(24, 28)
  for (let i = HEADER_BYTES; i < file.length; i++) file[i] = (i * 7919) >> 5
  return new Uint8Array(file)
}
