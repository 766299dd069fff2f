import type { LookupAddress } from 'node:dns'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../server/config'
import { isPublicAddress } from '../../server/webhooks/addresses'
import { createGuard, type Resolve } from '../../server/webhooks/guard'
import { post } from '../../server/webhooks/post'
import { nextDelay, RETRY_DELAYS_MS } from '../../server/webhooks/schedule'
import { Receiver } from './receiver'
import { dataFolder, endOf, FAKE_CHILD, startServices, submit } from './support'

/** Every name has these addresses; nothing is looked up outside. */
const resolvesTo =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }))

const noLookup: Resolve = async (name) => {
  throw new Error(`${name} was looked up`)
}

const PRIVATE_HOSTS = [
  ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '0', '0.0.0.0'],
  ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '169.254.169.254', '224.0.0.1'],
  ...['255.255.255.255', '192.0.2.1', '198.18.0.1', '[::1]', '[::]', '[fc00::1]', '[fd12:3456::1]', '[fe80::1]'],
  ...['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:8.8.8.8]', '[::127.0.0.1]', '[64:ff9b::7f00:1]'],
  ...['[64:ff9b:1::1]', '[2002:7f00:1::]', '[2001::1]', '[2001:db8::1]', '[ff02::1]', '[fec0::1]', '[5f00::1]'],
]

describe('addresses', () => {
  test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )

  test.each(['localhost', '', '1.2.3', 'example.org'])('"%s" is no address, so not a public one', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('the guard, where private addresses are not permitted,', () => {
  test.each(PRIVATE_HOSTS)('blocks http://%s/ at once, without looking anything up', async (host) => {
    const guard = createGuard(false, noLookup)
    await expect(guard.check(new URL(`http://${host}/`))).rejects.toThrow('is not an address of the internet')
    const signal = new AbortController().signal
    const letter = { url: new URL(`http://${host}:9/`), headers: {}, body: '' }
    const posted = await post(letter, { guard, timeoutMs: 1000, signal })
    expect(posted).toEqual({ status: null, error: expect.stringContaining('is not an address of the internet') })
  })

  test.each([
    ['10.0.0.5'],
    ['::1'],
    ['169.254.169.254'],
    ['8.8.8.8', '10.0.0.5'], // one of several is enough
  ])('blocks a name that leads to %s', async (...addresses) => {
    const guard = createGuard(false, resolvesTo(...addresses))
    await expect(guard.check(new URL('http://receiver.test/'))).rejects.toThrow(
      `receiver.test leads to ${addresses.at(-1)}`,
    )
  })

  test('lets a name pass that leads to a public address, or nowhere yet', async () => {
    await createGuard(false, resolvesTo('8.8.8.8', '2606:4700::1111')).check(new URL('http://receiver.test/'))
    await createGuard(false, noLookup).check(new URL('http://receiver.test/'))
  })

  test('blocks at the connection a name that has come to lead here since it was checked', async () => {
    const receiver = await Receiver.start()
    let address = '8.8.8.8'
    const guard = createGuard(false, async () => [{ address, family: 4 }])
    const url = new URL(`http://rebinding.test:${receiver.port}/`)
    await guard.check(url)
    address = '127.0.0.1'
    const posted = await post(
      { url, headers: {}, body: '' },
      { guard, timeoutMs: 1000, signal: AbortSignal.timeout(5000) },
    )
    expect(posted).toEqual({ status: null, error: expect.stringContaining('rebinding.test leads to 127.0.0.1') })
    expect(receiver.received).toEqual([])
  })
})

describe('the guard, where they are permitted,', () => {
  test('connects to the address that the name leads to', async () => {
    const receiver = await Receiver.start()
    const guard = createGuard(true, resolvesTo('127.0.0.1'))
    const url = new URL(`http://receiver.test:${receiver.port}/hook`)
    const posted = await post(
      { url, headers: {}, body: '{}' },
      { guard, timeoutMs: 1000, signal: AbortSignal.timeout(5000) },
    )
    expect(posted).toEqual({ status: 204 })
    expect(receiver.received).toMatchObject([{ body: '{}', headers: { host: `receiver.test:${receiver.port}` } }])
  })

  test('says of a name without addresses that it is not known', async () => {
    const guard = createGuard(true, resolvesTo())
    const letter = { url: new URL('http://receiver.test/'), headers: {}, body: '' }
    const posted = await post(letter, { guard, timeoutMs: 1000, signal: AbortSignal.timeout(5000) })
    expect(posted).toEqual({ status: null, error: 'The name of the receiver is not known' })
  })

  test.each(['127.0.0.1', '10.0.0.1', '192.168.1.1', '[::1]', '[fd12:3456::1]'])(
    'lets http://%s/ pass',
    async (host) => {
      await createGuard(true, noLookup).check(new URL(`http://${host}/`))
    },
  )

  test.each([
    ...['169.254.169.254', '2852039166', '0.0.0.0', '224.0.0.1', '255.255.255.255', '192.0.2.1'],
    ...['[fe80::1]', '[::]', '[ff02::1]', '[::ffff:169.254.169.254]', '[::ffff:10.0.0.1]', '[64:ff9b::a00:1]'],
  ])('still blocks http://%s/, which is neither public nor private', async (host) => {
    const guard = createGuard(true, noLookup)
    await expect(guard.check(new URL(`http://${host}/`))).rejects.toThrow('is not an address of the internet')
  })

  test('still blocks a name that leads to a link-local address', async () => {
    const guard = createGuard(true, resolvesTo('169.254.169.254'))
    await expect(guard.check(new URL('http://metadata.test/'))).rejects.toThrow(
      'metadata.test leads to 169.254.169.254',
    )
  })
})

describe('private addresses', () => {
  test.each([
    [{}, true],
    [{ HOST: 'localhost' }, true],
    [{ HOST: '0.0.0.0' }, false],
    [{ HOST: '192.168.0.2' }, false],
    [{ ROLE: 'worker', DATABASE_URL: 'postgres://localhost/darkroom' }, false],
    [{ WEBHOOK_ALLOW_PRIVATE: 'false' }, false],
    [{ HOST: '0.0.0.0', WEBHOOK_ALLOW_PRIVATE: 'true' }, true],
  ])('with %j are permitted: %s', (env, permitted) => {
    expect(readConfig(env).webhookAllowPrivate).toBe(permitted)
  })

  test('are refused by a server that does not permit them, and nothing is sent to one that was registered before', async () => {
    const env = { DATA_DIR: await dataFolder() }
    const receiver = await Receiver.start()
    const permissive = await startServices(env, FAKE_CHILD)
    const { id } = await permissive.engine.webhooks.add(receiver.url, null)
    await permissive.close()

    const strict = await startServices({ ...env, WEBHOOK_ALLOW_PRIVATE: 'false' }, FAKE_CHILD, { resolve: noLookup })
    const { webhooks } = strict.engine
    await expect(webhooks.add(receiver.url, null)).rejects.toMatchObject({
      code: 'invalid-input',
      issues: [{ path: ['url'], message: expect.stringContaining('127.0.0.1') }],
    })
    await endOf(strict.engine, await submit(strict.engine, { behave: 'succeed' }))
    const log = async () => (await webhooks.deliveries(id, { offset: 0, limit: 9 }))?.deliveries ?? []
    while ((await log()).some(({ attempts }) => attempts === 0)) await sleep(20)
    expect(await log()).toMatchObject([{ state: 'pending', error: expect.stringContaining('127.0.0.1') }])
    expect(receiver.received).toEqual([])
  })
})

describe('the schedule', () => {
  test('goes from five seconds to a day, each wait longer than the last', () => {
    expect([RETRY_DELAYS_MS[0], RETRY_DELAYS_MS.at(-1)]).toEqual([5000, 24 * 3_600_000])
    expect([...RETRY_DELAYS_MS]).toEqual(RETRY_DELAYS_MS.toSorted((a, b) => a - b))
  })

  test.each(RETRY_DELAYS_MS.map((delay, i) => [i + 1, delay]))(
    'after try %i waits %i ms and up to a fifth more',
    (failures, delay) => {
      const waits = Array.from({ length: 50 }, () => Number(nextDelay(failures)))
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(delay)
      expect(Math.max(...waits)).toBeLessThanOrEqual(delay * 1.2)
      expect(new Set(waits).size).toBeGreaterThan(1)
    },
  )

  test('ends', () => {
    expect(nextDelay(RETRY_DELAYS_MS.length + 1)).toBeUndefined()
  })
})
