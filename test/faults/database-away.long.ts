import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { inLanes } from '../../core/lanes'
import { Machines } from '../cluster/machines'
import { type Listed, listTasks, postSmallTask, smallTask } from '../cluster/small-task'
import { Receiver } from '../server/receiver'
import { filesIn } from '../server/support'
import { onOwnPostgres } from './own-postgres'

const TASKS = 30
const SENDERS = 3

async function refusalOf(address: string): Promise<{ status: number; retryAfter: string | null; detail: string }> {
  const { image, template } = await smallTask(0)
  const form = new FormData()
  form.append('image', image, 'screen.png')
  form.append('template', template, 'icon.png')
  const response = await fetch(`${address}/api/v1/match/template`, { method: 'POST', body: form })
  const { detail }: { detail: string } = await response.json()
  return { status: response.status, retryAfter: response.headers.get('retry-after'), detail }
}

const lastEventOf = async (stream: Response): Promise<string> => (await stream.text()).trim().split('\n\n').at(-1) ?? ''

onOwnPostgres('a database that goes away under load and comes back', (cluster) => {
  test('costs no accepted task and no webhook; meanwhile requests are refused with 503 and leave nothing', {
    timeout: 300_000,
  }, async () => {
    const { database, folder } = await cluster()
    const machines = new Machines({ DATABASE_URL: await database.createDatabase(), DATA_DIR: folder })
    const receiver = await Receiver.start()
    const [api] = await Promise.all([machines.start('api'), machines.start('worker')])
    const headers = { 'Content-Type': 'application/json' }
    const body = JSON.stringify({ url: receiver.url })
    expect((await fetch(`${api.address}/api/v1/webhooks`, { method: 'POST', headers, body })).status).toBe(201)

    const accepted: string[] = []
    const sending = inLanes(TASKS, SENDERS, async (i) => {
      const task = await smallTask(i)
      for (;;) {
        const uid = await postSmallTask(api.address, task).catch(() => undefined)
        if (uid !== undefined) {
          accepted.push(uid)
          return
        }
        await sleep(100)
      }
    })
    while (accepted.length < TASKS / 3) await sleep(5)
    const watched = await fetch(`${api.address}/api/v1/tasks/${accepted.at(-1)}/events`)
    database.down()
    await vi.waitFor(async () => expect((await fetch(`${api.address}/health/ready`)).status).toBe(503), 10_000)
    expect((await fetch(`${api.address}/health/live`)).status).toBe(200)
    expect(await refusalOf(api.address)).toEqual({
      status: 503,
      retryAfter: '5',
      detail: 'The database cannot be reached; try again in a moment',
    })
    database.up()

    await sending
    const whenEnded = async () => {
      const tasks = await listTasks(api.address)
      if (tasks.some(({ status }) => status !== 'done'))
        throw new Error(JSON.stringify(tasks.map(({ status }) => status)))
      return tasks
    }
    const tasks = await vi.waitFor(whenEnded, { timeout: 120_000, interval: 250 })
    const uids = tasks.map(({ uid }) => uid)
    expect(new Set(uids).size).toBe(uids.length)
    expect(uids).toEqual(expect.arrayContaining(accepted))
    expect(await lastEventOf(watched)).toMatch(/^id: end\nevent: task\ndata: .*"status":"done"/)
    const told = () => new Set(receiver.received.map((one): string => (JSON.parse(one.body) as Listed).uid))
    await vi.waitFor(() => expect([...told()].sort()).toEqual(uids.sort()), { timeout: 60_000, interval: 250 })
    expect((await filesIn(folder)).filter((path) => path.includes('/incoming/'))).toEqual([])
  })
})
