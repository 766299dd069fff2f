import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { codecSharp } from '../../server/adapters/codec-sharp'
import { onEachDatabase } from './databases'
import { Receiver } from './receiver'
import { startProcess } from './server-process'

const SECRET = `whsec_${Buffer.from('0123456789abcdef01234567').toString('base64')}`
const TASKS = 10

async function postTask(address: string): Promise<string> {
  const side = 40
  const data = Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 7919) % 251))
  const picture = new Blob([await codecSharp.encode({ width: side, height: side, data }, 'image/png')])
  const form = new FormData()
  form.append('image', picture, 'image.png')
  form.append('template', picture, 'template.png')
  const response = await fetch(`${address}/api/v1/match/template`, { method: 'POST', body: form })
  const { uid }: { uid: string } = await response.json()
  return uid
}

const read = async (url: string) => (await fetch(url)).json()

async function whenAllEnded(address: string): Promise<void> {
  for (;;) {
    const { tasks }: { tasks: { status: string }[] } = await read(`${address}/api/v1/tasks`)
    if (tasks.every(({ status }) => status === 'done' || status === 'error')) return
    await sleep(100)
  }
}

onEachDatabase('deliveries', ({ create }) => {
  test('reach a receiver that was down, though our process was killed meanwhile', { timeout: 300_000 }, async () => {
    const { DATA_DIR, DATABASE_URL } = await create()
    const receiver = await Receiver.start()
    await receiver.down()
    const first = await startProcess(DATA_DIR, { DATABASE_URL, WEBHOOK_ALLOW_PRIVATE: 'true' })
    const headers = { 'Content-Type': 'application/json' }
    const body = JSON.stringify({ url: receiver.url, secret: SECRET })
    const registered = await fetch(`${first.address}/api/v1/webhooks`, { method: 'POST', headers, body })
    const { id }: { id: string } = await registered.json()
    const uids: string[] = []
    while (uids.length < TASKS) uids.push(await postTask(first.address))
    await first.kill('SIGKILL') // with tasks that run, and with some that have ended and are being announced

    await receiver.up()
    const second = await startProcess(DATA_DIR, { DATABASE_URL, WEBHOOK_ALLOW_PRIVATE: 'true' })
    await whenAllEnded(second.address)
    const log = () => read(`${second.address}/api/v1/webhooks/${id}/deliveries`)
    while ((await log()).deliveries.some(({ status }: { status: string }) => status !== 'delivered')) await sleep(100)

    const told = receiver.received.map((received) => ({ ...received, ...JSON.parse(received.body) }))
    expect(told.map(({ uid }) => uid).sort()).toEqual(uids.sort()) // each once: the receiver always answered
    for (const { body, headers, status } of told) {
      expect(status).toBe('done')
      expect(headers['x-webhook-signature']).toBe(`sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`)
      expect(() => new StandardWebhook(SECRET).verify(body, headers)).not.toThrow()
    }
  })
})
