import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { inLanes } from '../../core/lanes'
import { Receiver } from '../server/receiver'
import type { ServerProcess } from '../server/server-process'
import type { Machines } from './machines'
import { readMetric } from './metrics'
import { type Listed, listTasks, postSmallTask, type SmallTask, smallTask } from './small-task'

const SENDERS = 8

export interface Figures {
  readonly accepted: number
  readonly listed: number
  readonly begunTwice: number
  readonly webhooks: number
  readonly webhooksSentTwice: number
  readonly tasksPerSecond: number
  readonly seconds: {
    readonly start: number
    readonly sending: number
    readonly gracefulStop: number
    readonly all: number
  }
}

/**
 * Two APIs and three workers start on an empty database, and get tasks over both APIs. Meanwhile a worker and an API are
 * killed, and another worker is asked to stop. What is promised is checked here; figures are for whoever wants to read them.
 */
export async function loseMachinesUnderLoad(machines: Machines, tasks: number): Promise<Figures> {
  const begun = performance.now()
  const receiver = await Receiver.start()
  const { apis, workers } = await machines.startAll(2, 3)
  const started = performance.now()
  const [doomedApi, lastApi] = apis
  const [doomedWorker, stoppedWorker, lastWorker] = workers
  await register(lastApi.address, receiver.url)

  const accepted = new Map<string, SmallTask>()
  const sending = send(apis, tasks, accepted)
  await whenReached(accepted, tasks * 0.3)
  await doomedWorker.kill('SIGKILL')
  await whenReached(accepted, tasks * 0.5)
  await doomedApi.kill('SIGKILL')
  await whenReached(accepted, tasks * 0.6)
  const gracefulStop = await secondsOf(stoppedWorker.kill('SIGTERM'))
  await sending
  const sent = performance.now()

  await whenDrained(lastApi.address, machines.key)
  const listed = await listTasks(lastApi.address)
  const ended = performance.now()
  expectEachDone(listed, accepted)
  await expectFiles(lastApi.address, listed)
  await expectWebhooks(receiver, listed)
  // What the last worker did is in its own histograms, for Prometheus to add up.
  expect(await readMetric(lastWorker.address, machines.key, 'darkroom_processing_seconds_count')).toBeGreaterThan(0)
  return {
    accepted: accepted.size,
    listed: listed.length,
    begunTwice: listed.filter(({ attempts }) => attempts > 1).length,
    webhooks: new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size,
    webhooksSentTwice: receiver.received.length - listed.length,
    tasksPerSecond: listed.length / ((ended - started) / 1000),
    seconds: {
      start: (started - begun) / 1000,
      sending: (sent - started) / 1000,
      gracefulStop,
      all: (performance.now() - begun) / 1000,
    },
  }
}

async function register(address: string, url: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(`${address}/api/v1/webhooks`, { method: 'POST', headers, body: JSON.stringify({ url }) })
  expect(response.status).toBe(201)
}

/** As clients do: over both APIs, and by the other one where one does not answer. */
async function send(apis: readonly ServerProcess[], tasks: number, accepted: Map<string, SmallTask>): Promise<void> {
  await inLanes(tasks, SENDERS, async (i) => {
    const task = await smallTask(i)
    for (let turn = i; ; turn++) {
      const { address } = apis[turn % apis.length]
      const uid = await postSmallTask(address, task).catch(() => undefined)
      if (uid !== undefined) {
        accepted.set(uid, task)
        return
      }
      if (turn - i > 100) throw new Error('No API takes tasks any more')
    }
  })
}

async function whenReached(accepted: Map<string, SmallTask>, count: number): Promise<void> {
  while (accepted.size < count) await sleep(5)
}

async function secondsOf(what: Promise<unknown>): Promise<number> {
  const start = performance.now()
  await what
  return (performance.now() - start) / 1000
}

async function whenDrained(address: string, key: string): Promise<void> {
  for (;;) {
    const depths = ['darkroom_queue_depth', 'darkroom_tasks_running'].map((name) => readMetric(address, key, name))
    if ((await Promise.all(depths)).every((depth) => depth === 0)) return
    await sleep(250)
  }
}

function expectEachDone(listed: readonly Listed[], accepted: ReadonlyMap<string, SmallTask>): void {
  const byUid = new Map(listed.map((task) => [task.uid, task]))
  expect(byUid.size).toBe(listed.length)
  expect([...accepted.keys()].filter((uid) => !byUid.has(uid))).toEqual([])
  // One that was accepted as its API was killed may be there though nobody heard so.
  expect(listed.length - accepted.size).toBeLessThanOrEqual(SENDERS)
  expect(listed.filter(({ status }) => status !== 'done')).toEqual([])
  for (const [uid, { x, y }] of accepted) expect(byUid.get(uid)?.result_data.matches?.[0]).toMatchObject({ x, y })
}

const LOOKED_AT = 50

/** Files that machines which are gone have written, read through one that was not theirs. */
async function expectFiles(address: string, listed: readonly Listed[]): Promise<void> {
  const paths = listed.slice(0, LOOKED_AT).flatMap(({ result_files }) => result_files)
  expect(paths.length).toBeGreaterThan(0)
  await inLanes(paths.length, SENDERS, async (i) => {
    const response = await fetch(`${address}/${paths[i]}`)
    expect(response.headers.get('content-type')).toBe('image/png')
    await response.body?.cancel()
  })
}

/** Each task is told of, under one id however often it is sent. */
async function expectWebhooks({ received }: Receiver, listed: readonly Listed[]): Promise<void> {
  const idsOf = () => {
    const ids = new Map<string, Set<unknown>>()
    for (const { headers, body } of received) {
      const { uid }: Listed = JSON.parse(body)
      ids.set(uid, (ids.get(uid) ?? new Set()).add(headers['webhook-id']))
    }
    return ids
  }
  while (idsOf().size < listed.length) await sleep(250)
  const ids = idsOf()
  expect([...ids.keys()].sort()).toEqual(listed.map(({ uid }) => uid).sort())
  expect([...ids.values()].filter(({ size }) => size > 1)).toEqual([])
}
