import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { linkInstall } from '../cluster/install'
import { startProcess } from '../server/server-process'
import { dataFolder } from '../server/support'

const DIE_AT = pathToFileURL(join(import.meta.dirname, 'die-at.mjs')).href
const PHASES = ['inspect', 'decode', 'model', 'encode', 'upload'] as const

interface PlateTask {
  readonly status: string
  readonly results: readonly { readonly filename: string; readonly url?: string; readonly error?: string }[]
}

async function coverPlates(address: string, photo: Blob): Promise<PlateTask> {
  const form = new FormData()
  for (const name of ['car.jpg', 'van.jpg']) form.append('files', photo, name)
  const posted = await fetch(`${address}/api/v1/process-task/`, { method: 'POST', body: form })
  const { task_id }: { task_id: string } = await posted.json()
  for (;;) {
    const task: PlateTask = await (await fetch(`${address}/api/v1/task-status/${task_id}`)).json()
    if (task.status === 'completed' || task.status === 'failed') return task
    await sleep(50)
  }
}

test('a compute process that is killed while it inspects, decodes, infers, encodes or stores costs no picture', {
  timeout: 300_000,
}, async () => {
  const folder = await dataFolder()
  const order = join(folder, 'die-at')
  const env = { ...(await linkInstall(folder)), DIE_AT: order, NODE_OPTIONS: `--import ${DIE_AT}`, WORKERS: '1' }
  const { address } = await startProcess(folder, env)
  const car = await sharp(await readFile('test/fixtures/car.jpg'))
    .resize(640)
    .jpeg()
    .toBuffer()
  for (const phase of PHASES) {
    await writeFile(order, phase)
    const { status, results } = await coverPlates(address, new Blob([new Uint8Array(car)]))
    expect({ phase, died: !existsSync(order) }).toEqual({ phase, died: true })
    expect({ phase, status, results }).toMatchObject({
      status: 'completed',
      results: [{ filename: 'covered_car.webp' }, { filename: 'covered_van.webp' }],
    })
    const picture = await fetch(`${address}${results[0].url}`)
    expect(picture.headers.get('content-type')).toBe('image/webp')
    expect(await sharp(Buffer.from(await picture.arrayBuffer())).metadata()).toMatchObject({ width: 640 })
  }
})
