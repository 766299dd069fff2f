import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { addressOf, isOnThisMachine } from '../../server/access/sender'

async function seen(address: string | undefined, headers: Record<string, string> = {}, behindProxy = false) {
  const app = new Hono().get('/', (c) =>
    c.json({ isHere: isOnThisMachine(c), address: addressOf(c, behindProxy) ?? null }),
  )
  const response = await app.request('/', { headers: { host: 'localhost:8080', ...headers } }, { address })
  return response.json()
}

test.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('%s is this machine', async (address) => {
  expect((await seen(address)).isHere).toBe(true)
})

test.each(['192.168.0.2', '::ffff:10.0.0.1', 'fe80::1', '128.0.0.1', undefined])('%s is not', async (address) => {
  expect((await seen(address)).isHere).toBe(false)
})

test('a name that is not loopback’s, or a proxy, is not this machine either', async () => {
  expect((await seen('127.0.0.1', { host: 'darkroom.example' })).isHere).toBe(false)
  for (const name of ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'Via']) {
    expect([name, (await seen('127.0.0.1', { [name]: '127.0.0.1' })).isHere]).toEqual([name, false])
  }
})

test('addresses are told apart, and an IPv6 network counts as one', async () => {
  const of = async (address: string) => (await seen(address)).address
  expect(await of('203.0.113.1')).not.toBe(await of('203.0.113.2'))
  expect(await of('::ffff:203.0.113.1')).toBe(await of('203.0.113.1'))
  expect(await of('2001:db8:1:2::1')).toBe(await of('2001:0db8:0001:0002:ffff:ffff:ffff:ffff'))
  expect(await of('2001:db8:1:2::1')).not.toBe(await of('2001:db8:1:3::1'))
  expect(await of('203.0.113.1')).not.toContain('203')
})

test('a client behind a proxy is the last address of X-Forwarded-For, where the proxy is known of', async () => {
  const headers = { 'X-Forwarded-For': '6.6.6.6, 203.0.113.1' }
  const { address } = await seen('203.0.113.1')
  expect((await seen('10.0.0.1', headers, true)).address).toBe(address)
  expect((await seen('10.0.0.1', headers)).address).toBe((await seen('10.0.0.1')).address)
  expect((await seen('10.0.0.1', { 'X-Forwarded-For': 'nonsense' }, true)).address).toBe(
    (await seen('10.0.0.1')).address,
  )
})
