import { createHmac } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql as raw } from 'drizzle-orm'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Delivery, Engine } from '../../server/api/engine'
import { openDatabase } from '../../server/db/database'
import { openServices, type Services } from '../../server/services'
import { endTask } from '../../server/tasks/end-task'
import { addTask, claimTask, findTask, succeedTask } from '../../server/tasks/task-store'
import { onEachDatabase } from './databases'
import { type Received, Receiver } from './receiver'
import { dataFolder, endOf, FAKE_CHILD, silent, startServices, submit, testConfig } from './support'

/** The same course of things in tenths of a second that else takes days. */
const HASTE = { delaysMs: Array.from({ length: 300 }, () => 100), timeoutMs: 1000, pollSeconds: 0.5 }

const STANDARD_SECRET = `whsec_${Buffer.from('0123456789abcdef01234567').toString('base64')}`
const EVERYTHING = { offset: 0, limit: 200 }

async function logOf({ webhooks }: Engine, id: string): Promise<Delivery[]> {
  return (await webhooks.deliveries(id, EVERYTHING))?.deliveries ?? []
}

/** The log, once every delivery in it is as wanted. */
async function logWhen(engine: Engine, id: string, wanted: (delivery: Delivery) => boolean): Promise<Delivery[]> {
  for (;;) {
    const log = await logOf(engine, id)
    if (log.length > 0 && log.every(wanted)) return log
    await sleep(20)
  }
}

const hasEnded = ({ state }: Delivery) => state !== 'pending'

/** Runs a task to its end, as the fake compute process is told to. */
const runTask = async (engine: Engine, behave = 'succeed') => endOf(engine, await submit(engine, { behave }))

onEachDatabase('webhooks', ({ kind, create: newDatabase }) => {
  let shared: Services
  beforeAll(async () => {
    shared = await openServices(testConfig(await newDatabase()), silent, FAKE_CHILD, HASTE)
  })
  afterAll(() => shared.close())

  /** A receiver that the shared server tells, until the test has ended. */
  async function registered(secret: string | null = null) {
    const { engine } = shared
    const receiver = await Receiver.start()
    const { id } = await engine.webhooks.add(receiver.url, secret)
    onTestFinished(() => engine.webhooks.remove(id).then(() => {}))
    return { engine, receiver, id }
  }

  test('a receiver is told the end of a task in the words of the contract, signed in both ways', async () => {
    const { engine, receiver } = await registered(STANDARD_SECRET)
    const task = await runTask(engine)
    const [{ headers, body, path }] = await receiver.whenReceived(1)
    expect(path).toBe('/hook?for=tasks')
    expect(headers['content-type']).toBe('application/json')
    const data = { pid: expect.any(Number), b: 1, a: 2 }
    const told = { uid: task.uid, status: 'done', tool: 'template', result_files: [], result_data: data }
    expect(JSON.parse(body)).toEqual(told)
    const hmac = createHmac('sha256', STANDARD_SECRET).update(body).digest('hex')
    expect(headers['x-webhook-signature']).toBe(`sha256=${hmac}`)
    const verify = (text: string) =>
      new StandardWebhook(STANDARD_SECRET).verify(text, headers as Record<string, string>)
    expect(verify(body)).toEqual(told)
    expect(() => verify(`${body} `)).toThrow('No matching signature')
  })

  test('any text is a secret, and its bytes are the key of both signatures', async () => {
    const { engine, receiver } = await registered('пароль')
    await runTask(engine)
    const [{ headers, body }] = await receiver.whenReceived(1)
    const hmac = createHmac('sha256', 'пароль').update(body).digest('hex')
    expect(headers['x-webhook-signature']).toBe(`sha256=${hmac}`)
    const standard = new StandardWebhook(new TextEncoder().encode('пароль'), { format: 'raw' })
    expect(() => standard.verify(body, headers as Record<string, string>)).not.toThrow()
  })

  test('without a secret there is an id and a time, and no signature', async () => {
    const { engine, receiver } = await registered()
    await runTask(engine)
    const [{ headers }] = await receiver.whenReceived(1)
    expect(headers['webhook-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60)
    expect(headers).not.toHaveProperty('webhook-signature')
    expect(headers).not.toHaveProperty('x-webhook-signature')
  })

  test.each(['fail', 'die'])('a task that ends by "%s" is told as an error', async (behave) => {
    const { engine, receiver } = await registered()
    const { uid } = await runTask(engine, behave)
    const [{ body }] = await receiver.whenReceived(1)
    expect(JSON.parse(body)).toEqual({ uid, status: 'error', tool: 'template', result_files: [], result_data: {} })
  })

  test('a canceled task is told as an error', async () => {
    const { engine, receiver } = await registered()
    const { uid } = await submit(engine, { behave: 'go on until canceled' })
    await engine.cancel(uid)
    const [{ body }] = await receiver.whenReceived(1)
    expect(JSON.parse(body)).toMatchObject({ uid, status: 'error' })
  })

  test('every receiver is told, each once', async () => {
    const [one, two] = [await registered(), await registered()]
    await runTask(one.engine)
    for (const { receiver, id, engine } of [one, two]) {
      await logWhen(engine, id, hasEnded)
      expect(receiver.received).toHaveLength(1)
    }
  })

  test('a receiver that is down for a while gets every event after it returns', async () => {
    const { engine, receiver, id } = await registered(STANDARD_SECRET)
    await receiver.down()
    const tasks = []
    for (let i = 0; i < 8; i++) tasks.push(await runTask(engine, i % 2 ? 'fail' : 'succeed'))
    await logWhen(engine, id, ({ attempts }) => attempts >= 2)
    for (const entry of await logOf(engine, id)) {
      expect(entry).toMatchObject({ state: 'pending', responseCode: null, nextAttemptAt: expect.any(Date) })
      expect(entry.error).toBe('The receiver refused the connection')
    }
    await receiver.up()
    const told = await receiver.whenReceived(tasks.length)
    const uids = told.map(({ body }) => JSON.parse(body).uid)
    expect(uids.sort()).toEqual(tasks.map(({ uid }) => String(uid)).sort())
    for (const { body, headers } of told) {
      expect(() => new StandardWebhook(STANDARD_SECRET).verify(body, headers as Record<string, string>)).not.toThrow()
    }
    const log = await logWhen(engine, id, hasEnded)
    expect(log.filter(({ task }) => task.status === 'error')).toHaveLength(4)
    expect(log.every(({ state, responseCode, error }) => state === 'delivered' && responseCode === 204 && !error)).toBe(
      true,
    )
  })

  test('what is still to be sent survives a restart of ours', async () => {
    const env = await newDatabase()
    const first = await startServices(env, FAKE_CHILD, HASTE)
    const receiver = await Receiver.start()
    await receiver.down()
    const { id } = await first.engine.webhooks.add(receiver.url, STANDARD_SECRET)
    const { uid } = await runTask(first.engine)
    await logWhen(first.engine, id, ({ attempts }) => attempts > 0)
    await first.close()
    await receiver.up()
    const second = await startServices(env, FAKE_CHILD, HASTE)
    const [{ body, headers }] = await receiver.whenReceived(1)
    expect(JSON.parse(body)).toMatchObject({ uid, status: 'done' })
    expect(() => new StandardWebhook(STANDARD_SECRET).verify(body, headers as Record<string, string>)).not.toThrow()
    expect(await logWhen(second.engine, id, hasEnded)).toMatchObject([{ state: 'delivered' }])
  })

  test('a try that a stopping server breaks off is made again by the next, with the same id', async () => {
    const env = await newDatabase()
    const first = await startServices(env, FAKE_CHILD, { ...HASTE, timeoutMs: 60_000 })
    const receiver = await Receiver.start()
    receiver.answer = () => {} // never
    await first.engine.webhooks.add(receiver.url, null)
    await runTask(first.engine)
    await receiver.whenReceived(1)
    await first.close()
    receiver.answer = (response) => response.writeHead(200).end()
    await startServices(env, FAKE_CHILD, HASTE)
    const [before, after] = await receiver.whenReceived(2)
    expect(after.headers['webhook-id']).toBe(before.headers['webhook-id'])
  })

  test('a failed try is made again with the same id and body, and the log counts', async () => {
    const { engine, receiver, id } = await registered(STANDARD_SECRET)
    receiver.answer = (response) => response.writeHead(receiver.received.length < 3 ? 503 : 200).end()
    await runTask(engine)
    const tries = await receiver.whenReceived(3)
    const of = (part: (one: Received) => unknown) => new Set(tries.map(part)).size
    expect([of(({ headers }) => headers['webhook-id']), of(({ body }) => body)]).toEqual([1, 1])
    expect(await logWhen(engine, id, hasEnded)).toMatchObject([
      { state: 'delivered', attempts: 3, responseCode: 200, error: null, nextAttemptAt: null },
    ])
  })

  test('when the schedule has run out the delivery has failed, until somebody replays it', async () => {
    const env = await newDatabase()
    const { engine } = await startServices(env, FAKE_CHILD, { ...HASTE, delaysMs: [50, 50] })
    const receiver = await Receiver.start()
    receiver.answer = (response) => response.writeHead(500).end()
    const { id } = await engine.webhooks.add(receiver.url, null)
    await runTask(engine)
    const [failed] = await logWhen(engine, id, hasEnded)
    expect(failed).toMatchObject({
      state: 'failed',
      attempts: 3,
      responseCode: 500,
      error: 'The receiver answered 500',
    })
    receiver.answer = (response) => response.writeHead(202).end()
    expect(await engine.webhooks.replay(id, failed.id)).toMatchObject({ id: failed.id, state: 'pending' })
    expect(await logWhen(engine, id, hasEnded)).toMatchObject([{ state: 'delivered', attempts: 4, responseCode: 202 }])
    expect(new Set(receiver.received.map(({ headers, body }) => headers['webhook-id'] + body)).size).toBe(1)
  })

  test('a replay of what waits for its next try is made now, and once', async () => {
    const env = await newDatabase()
    const { engine } = await startServices(env, FAKE_CHILD, { ...HASTE, delaysMs: [3_600_000] })
    const receiver = await Receiver.start()
    receiver.answer = (response) => response.writeHead(500).end()
    const { id } = await engine.webhooks.add(receiver.url, null)
    await runTask(engine)
    const [waiting] = await logWhen(engine, id, ({ attempts }) => attempts === 1)
    receiver.answer = (response) => response.writeHead(200).end()
    await engine.webhooks.replay(id, waiting.id)
    expect(await logWhen(engine, id, hasEnded)).toMatchObject([{ state: 'delivered', attempts: 2 }])
  })

  test('nothing is replayed that is not there', async () => {
    const { engine, id, receiver } = await registered()
    await runTask(engine)
    await receiver.whenReceived(1)
    const [{ id: delivery }] = await logOf(engine, id)
    const other = await registered()
    expect(await engine.webhooks.replay(id, crypto.randomUUID())).toBeUndefined()
    expect(await engine.webhooks.replay(other.id, delivery)).toBeUndefined()
    expect(await engine.webhooks.replay('wh_none', delivery)).toBeUndefined()
    expect(await engine.webhooks.remove('wh_\u0000')).toBe(false)
    expect(await engine.webhooks.deliveries('wh_none', EVERYTHING)).toBeUndefined()
  })

  test('410 disables the webhook: nothing more is sent to it, nor replayed', async () => {
    const { engine, receiver, id } = await registered()
    receiver.answer = (response) => response.writeHead(410).end()
    await runTask(engine)
    const [gone] = await logWhen(engine, id, hasEnded)
    expect(gone).toMatchObject({ state: 'failed', attempts: 1, responseCode: 410 })
    const listed = (await engine.webhooks.list()).find((webhook) => webhook.id === id)
    expect(listed?.disabledAt).toBeInstanceOf(Date)
    await expect(engine.webhooks.replay(id, gone.id)).rejects.toMatchObject({ code: 'conflict' })
    const witness = await registered()
    await runTask(engine)
    await witness.receiver.whenReceived(1)
    expect(await logOf(engine, id)).toHaveLength(1)
    expect(receiver.received).toHaveLength(1)
  })

  test('a redirect is not followed', async () => {
    const { engine, receiver, id } = await registered()
    const elsewhere = await Receiver.start()
    receiver.answer = (response) => response.writeHead(307, { Location: elsewhere.url }).end()
    await runTask(engine)
    const [entry] = await logWhen(engine, id, ({ attempts }) => attempts > 0)
    expect(entry).toMatchObject({ responseCode: 307, error: expect.stringContaining('redirects are not followed') })
    expect(elsewhere.received).toEqual([])
  })

  test('a receiver that never answers is given up after the time for it, and holds nobody up', async () => {
    const { engine, receiver, id } = await registered()
    receiver.answer = () => {}
    const other = await registered()
    await runTask(engine)
    await logWhen(engine, other.id, hasEnded)
    const [entry] = await logWhen(engine, id, ({ attempts }) => attempts > 0)
    expect(entry).toMatchObject({ state: 'pending', responseCode: null, error: 'No answer within 1 s' })
  })

  test('an answer without end is a delivery, and is not read to it', async () => {
    const { engine, receiver, id } = await registered()
    let isClosed = false
    receiver.answer = (response) => {
      response.writeHead(200)
      const flood = setInterval(() => response.write('x'.repeat(10_000)), 1)
      response.once('close', () => {
        isClosed = true
        clearInterval(flood)
      })
    }
    await runTask(engine)
    expect(await logWhen(engine, id, hasEnded)).toMatchObject([{ state: 'delivered', attempts: 1 }])
    while (!isClosed) await sleep(5)
  })

  test('a webhook that is removed takes its log along, and what was to be sent is not', async () => {
    const { engine, receiver, id } = await registered()
    receiver.answer = (response) => response.writeHead(500).end()
    await runTask(engine)
    await receiver.whenReceived(1)
    expect(await engine.webhooks.remove(id)).toBe(true)
    const tries = receiver.received.length
    await sleep(300)
    expect(receiver.received.length - tries).toBeLessThanOrEqual(1) // one may have been on its way
    expect(await engine.webhooks.deliveries(id, EVERYTHING)).toBeUndefined()
    expect(await engine.webhooks.remove(id)).toBe(false)
  })

  test('the log is answered a page at a time, newest first', async () => {
    const { engine, id } = await registered()
    const tasks = [await runTask(engine), await runTask(engine), await runTask(engine)]
    const page = await engine.webhooks.deliveries(id, { offset: 1, limit: 1 })
    expect(page).toMatchObject({ total: 3, deliveries: [{ uid: tasks[1].uid }] })
  })

  test('a secret lies encrypted in the database, and its key is for the owner of the folder alone', async () => {
    const env = await newDatabase()
    const services = await startServices(env, FAKE_CHILD, HASTE)
    await services.engine.webhooks.add('http://127.0.0.1:1/', 'very secret words')
    expect(JSON.stringify(await services.engine.webhooks.list())).not.toContain('secret')
    await services.close()
    const database = await openDatabase(testConfig(env))
    onTestFinished(() => database.close())
    const rows = await database.sql.execute(raw`select * from webhooks`)
    expect(JSON.stringify(rows)).toContain('127.0.0.1')
    expect(JSON.stringify(rows)).not.toContain('very secret words')
    expect((await stat(join(env.DATA_DIR, 'webhook.key'))).mode & 0o777).toBe(0o600)
  })

  test('nothing is sent unsigned when the key of the secrets is gone', async () => {
    const env = await newDatabase()
    const receiver = await Receiver.start()
    const first = await startServices(env, FAKE_CHILD, HASTE)
    const { id } = await first.engine.webhooks.add(receiver.url, 'secret')
    await first.close()
    const key = await readFile(join(env.DATA_DIR, 'webhook.key'), 'utf8')
    const other = await dataFolder()
    const second = await startServices(
      { ...env, DATA_DIR: kind === 'PGlite' ? env.DATA_DIR : other },
      FAKE_CHILD,
      HASTE,
    )
    if (kind === 'PGlite') return expect(await readFile(join(env.DATA_DIR, 'webhook.key'), 'utf8')).toBe(key)
    await runTask(second.engine)
    const [entry] = await logWhen(second.engine, id, ({ attempts }) => attempts > 0)
    expect(entry.error).toContain('webhook.key')
    expect(receiver.received).toEqual([])
  })

  test('the end of a task and its announcement appear together or not at all', async () => {
    const { sql, close } = await openDatabase(testConfig(await newDatabase()))
    onTestFinished(close)
    const uid = crypto.randomUUID()
    await addTask(sql, { uid, tool: 'match-template', params: {}, inputs: [], owner: null })
    const attempt = await claimTask(sql, uid, 3)
    if (!attempt) throw new Error('the task cannot be claimed')
    const result = {
      data: {},
      files: [],
      ran: { place: 'server', backend: 'none' },
      timings: { decode: 0, modelLoad: 0, compute: 0, encode: 0 },
    } as const
    const powerCut = async () => Promise.reject(new Error('power cut'))
    const ending = endTask(sql, powerCut, (transaction) => succeedTask(transaction, attempt, { ...result, files: [] }))
    await expect(ending).rejects.toThrow('power cut')
    expect(await findTask(sql, uid)).toMatchObject({ state: 'running' })
  })

  test('a settings change is there after a restart', async () => {
    const env = await newDatabase()
    const first = await startServices(env, FAKE_CHILD)
    await first.engine.settings.write('match-template', { threshold: 0.5 })
    await first.engine.settings.write('match-template', { threshold: 0.9, max_results: 3 })
    await first.close()
    const second = await startServices(env, FAKE_CHILD)
    expect(await second.engine.settings.read('match-template')).toEqual({ threshold: 0.9, max_results: 3 })
    expect(await second.engine.settings.read('match-feature')).toBeUndefined()
  })
})
