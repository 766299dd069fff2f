import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { giveBack, look, take } from '../../server/access/meter'
import { ADDRESS_LIMITS, type Limits, PLAN_LIMITS } from '../../server/api/access/plans'
import { type Database, openDatabase } from '../../server/db/database'
import { TestClock } from './access-service'
import { onEachDatabase } from './databases'
import { testConfig } from './support'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 })

const PICTURE = { requests: 1, pictures: 1 }
const { free } = PLAN_LIMITS
const AMPLE: Limits = { perMinute: 6000, burst: 6000, quota: 7, period: 'day' }

onEachDatabase('Limits', ({ kind, create }) => {
  let env: Awaited<ReturnType<typeof create>>
  let database: Database
  beforeAll(async () => {
    env = await create()
    database = await openDatabase(testConfig(env))
  })
  afterAll(() => database.close())

  let subjects = 0
  const subject = () => `user:${++subjects}`
  const admitted = (all: readonly { admitted: boolean }[]) => all.filter((one) => one.admitted).length

  test('50 clients at the same moment get a full bucket and none more', async () => {
    const who = subject()
    const clock = new TestClock('2026-03-01T12:00:00Z')
    const clients = Array.from({ length: 50 }, () => take(database.sql, who, free, PICTURE, clock.read))
    expect(admitted(await Promise.all(clients))).toBe(5)
  })

  test('50 clients at the same moment get what is left of a quota and none more', async () => {
    const who = subject()
    const clients = Array.from({ length: 50 }, () => take(database.sql, who, AMPLE, PICTURE))
    expect(admitted(await Promise.all(clients))).toBe(7)
    expect(await look(database.sql, who, AMPLE)).toMatchObject({ remaining: 0, used: 7 })
  })

  test('a second process counts on what the first has counted, and so does the next start', async () => {
    const who = subject()
    await Promise.all(Array.from({ length: 6 }, () => take(database.sql, who, AMPLE, PICTURE)))
    if (kind === 'PGlite') await database.close() // it serves one process
    const other = await openDatabase(testConfig(env))
    const databases = kind === 'PGlite' ? [other] : [database, other]
    const clients = Array.from({ length: 50 }, (_, i) => take(databases[i % databases.length].sql, who, AMPLE, PICTURE))
    expect(admitted(await Promise.all(clients))).toBe(1)
    if (kind === 'PGlite') database = other
    else await other.close()
  })

  test('pictures of this period are given back, those that an earlier one was charged are not', async () => {
    const who = subject()
    const clock = new TestClock('2026-03-01T23:59:00Z')
    const yesterday = clock.read()
    await take(database.sql, who, AMPLE, { requests: 1, pictures: 3 }, clock.read)
    await giveBack(database.sql, who, AMPLE, { pictures: 1, takenAt: yesterday }, clock.read)
    expect(await look(database.sql, who, AMPLE, clock.read)).toMatchObject({ used: 2 })
    clock.forward(120)
    await take(database.sql, who, AMPLE, { requests: 1, pictures: 3 }, clock.read)
    await giveBack(database.sql, who, AMPLE, { pictures: 2, takenAt: yesterday }, clock.read)
    expect(await look(database.sql, who, AMPLE, clock.read)).toMatchObject({ used: 3 })
  })

  test('a bucket fills again at the rate of the plan, a request at a time', async () => {
    const who = subject()
    const clock = new TestClock('2026-03-01T12:00:00Z')
    const ask = () => take(database.sql, who, free, PICTURE, clock.read)
    for (let i = 0; i < 5; i++) expect(await ask()).toMatchObject({ admitted: true, remaining: 4 - i })
    const refused = await ask()
    expect(refused).toMatchObject({ admitted: false, resetAt: new Date('2026-03-01T12:00:30Z') })
    clock.forward(29.9)
    expect(await ask()).toMatchObject({ admitted: false })
    clock.forward(0.1)
    expect(await ask()).toMatchObject({ admitted: true, remaining: 0 })
    clock.forward(150)
    expect(await look(database.sql, who, free, clock.read)).toMatchObject({ remaining: 4 })
  })

  test('a refused request costs nothing: asking on does not postpone the next one', async () => {
    const who = subject()
    const clock = new TestClock('2026-03-01T12:00:00Z')
    const ask = () => take(database.sql, who, free, PICTURE, clock.read)
    for (let i = 0; i < 30; i++) await ask()
    clock.forward(30)
    expect(await ask()).toMatchObject({ admitted: true, used: 6 })
  })

  test.each([
    ['day', '2026-02-28T23:59:59Z', '2026-03-01T00:00:00Z'],
    ['month', '2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z'],
  ] as const)('a quota of a %s begins anew at its end in UTC', async (period, late, next) => {
    const who = subject()
    const limits: Limits = { ...AMPLE, quota: 1, period }
    const clock = new TestClock(late)
    const ask = () => take(database.sql, who, limits, PICTURE, clock.read)
    expect(await ask()).toMatchObject({ admitted: true })
    expect(await ask()).toMatchObject({ admitted: false, remaining: 0, resetAt: new Date(next) })
    clock.forward(1)
    expect(await ask()).toMatchObject({ admitted: true, used: 1 })
  })

  test('a clock that is set back empties a bucket at worst: it fills again at its rate', async () => {
    const clock = new TestClock('2026-03-01T12:00:00Z')
    const who = subject()
    const ask = () => take(database.sql, who, PLAN_LIMITS.basic, { requests: 1, pictures: 0 }, clock.read)
    expect((await ask()).admitted).toBe(true)
    clock.forward(-86_400)
    expect((await ask()).admitted).toBe(false)
    clock.forward(6)
    expect((await ask()).admitted).toBe(true)
  })

  test('many pictures at once are counted together or not at all', async () => {
    const who = subject()
    const ask = (pictures: number) => take(database.sql, who, AMPLE, { requests: 1, pictures })
    expect(await ask(5)).toMatchObject({ admitted: true, used: 5 })
    expect(await ask(3)).toMatchObject({ admitted: false, used: 5 })
    expect(await ask(2)).toMatchObject({ admitted: true, used: 7 })
  })

  test('an address has 20 requests at once and 10 a second', async () => {
    const clock = new TestClock('2026-03-01T12:00:00Z')
    const ask = () => take(database.sql, 'address:x', ADDRESS_LIMITS, { requests: 1, pictures: 0 }, clock.read)
    expect(admitted(await Promise.all(Array.from({ length: 50 }, ask)))).toBe(20)
    clock.forward(1)
    expect(admitted(await Promise.all(Array.from({ length: 50 }, ask)))).toBe(10)
  })
})
