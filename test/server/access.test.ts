import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runCommand } from '../../server/access/cli/run-command'
import { ensureFirstKey } from '../../server/access/first-key'
import { keys } from '../../server/db/access-schema'
import { type Database, openDatabase } from '../../server/db/database'
import { form, pictures, png, RUN } from '../api/support'
import { accessService } from './access-service'
import { onEachDatabase } from './databases'
import { dataFolder, testConfig } from './support'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 })

let database: Database
beforeAll(async () => {
  database = await openDatabase(testConfig({ DATA_DIR: await dataFolder() }))
})
afterAll(() => database.close())

const started = (env: Record<string, string> = {}) => accessService(env, { database })
const withKey = (secret: string, init: RequestInit = {}): RequestInit => ({
  ...init,
  headers: { 'X-API-Key': secret, ...init.headers },
})
const json = (method: string, body: unknown): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
})
const PAGE = { 'Sec-Fetch-Site': 'same-origin' }

describe('families without keys in their contracts', () => {
  test('are open on this machine and need a key from anywhere else', async () => {
    const { ask, askHere } = await started()
    for (const path of ['/api/v1/tasks', '/api/v1/settings/template', '/api/v1/webhooks']) {
      expect([path, (await askHere(path)).status, (await ask(path)).status]).toEqual([path, 200, 401])
    }
    expect(await (await ask('/api/v1/tasks')).json()).toEqual({
      detail: 'Missing API Key. Please provide X-API-Key header.',
    })
    expect((await ask('/embed', form({ file: png() }))).status).toBe(401)
    expect((await ask('/api/v1/process-task/', form({ files: png() }))).status).toBe(401)
  })

  test('are open to everybody where OPEN_FAMILIES names them, and only those', async () => {
    const { ask } = await started({ OPEN_FAMILIES: 'matching' })
    expect((await ask('/api/v1/tasks')).status).toBe(200)
    expect((await ask('/api/v1/process-task/', form({ files: png() }))).status).toBe(401)
  })

  test('take a key as a header or as a bearer token', async () => {
    const { ask, newKey } = await started()
    const { secret } = await newKey('free')
    expect((await ask('/api/v1/tasks', withKey(secret))).status).toBe(200)
    expect((await ask('/api/v1/tasks', { headers: { Authorization: `Bearer ${secret}` } })).status).toBe(200)
    expect((await ask('/api/v1/tasks', { headers: { Authorization: 'Bearer nonsense' } })).status).toBe(401)
  })

  test.each([
    ['a proxy', { 'X-Forwarded-For': '198.51.100.1' }],
    ['a name that is not this machine’s', { host: 'darkroom.example' }],
  ])('are not open to what came over loopback through %s', async (_, headers) => {
    const { askHere } = await started()
    expect((await askHere('/api/v1/tasks', { headers })).status).toBe(401)
  })
})

describe('what needs no key at all', () => {
  test.each(['/health/live', '/health', '/api/v1/health', '/openapi.json', '/docs', '/api/v1/models'])(
    '%s is answered to everybody',
    async (path) => {
      const { ask } = await started()
      expect((await ask(path)).status).toBe(200)
    },
  )
})

describe('the inpainting family on this machine', () => {
  test('asks programs for a key, but not its own page', async () => {
    const { askHere, ask } = await started()
    expect((await askHere('/api/v1/keys')).status).toBe(401)
    expect((await askHere('/api/v1/keys', { headers: PAGE })).status).toBe(200)
    expect((await ask('/api/v1/keys', { headers: PAGE })).status).toBe(401)
  })
})

describe('GET /metrics', () => {
  test('is open on this machine, and elsewhere to a key or METRICS_TOKEN', async () => {
    const { ask, askHere, newKey } = await started({ METRICS_TOKEN: 'prometheus-reads' })
    const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } })
    expect((await askHere('/metrics')).status).toBe(200)
    expect((await ask('/metrics', withKey((await newKey('free')).secret))).status).toBe(200)
    expect((await ask('/metrics', bearer('prometheus-reads'))).status).toBe(200)
    expect((await ask('/metrics', bearer('prometheus-read'))).status).toBe(401)
    expect((await ask('/metrics')).status).toBe(401)
  })
})

describe('a task of a key', () => {
  test('and its files are not there for another key, nor for nobody', async () => {
    const { ask, askHere, newKey } = await started({ OPEN_FAMILIES: 'matching' })
    const [mine, other] = [await newKey('free'), await newKey('free')]
    const task = await (await ask(RUN, withKey(mine.secret, form(pictures)))).json()
    const paths = [`/api/v1/tasks/${task.uid}`, `/${task.input_files[0]}`, `/${task.thumbnails[0]}`]
    for (const path of paths) {
      expect((await ask(path, withKey(mine.secret))).status).toBe(200)
      expect((await ask(path, withKey(other.secret))).status).toBe(404)
      expect((await ask(path)).status).toBe(404)
      expect((await askHere(path)).status).toBe(404)
    }
    const cancel = withKey(other.secret, { method: 'DELETE' })
    expect((await ask(paths[0], cancel)).status).toBe(404)
    expect((await ask(`${paths[0]}/events`, withKey(other.secret))).status).toBe(404)
  })
})

describe('keys', () => {
  test('are made, listed, replaced and revoked over REST; the key itself is told once', async () => {
    const { ask, newKey } = await started()
    const { secret, user } = await newKey('pro', { isAdmin: true })
    const made = await (await ask('/api/v1/keys', withKey(secret, json('POST', { name: 'Laptop' })))).json()
    expect(made).toMatchObject({ name: 'Laptop', user_id: user.id, key: expect.stringMatching(/^dk_[\w-]{43}$/) })
    expect([made.prefix, made.last_four]).toEqual([made.key.slice(0, 7), made.key.slice(-4)])
    expect((await ask('/api/v1/stats', withKey(made.key))).status).toBe(200)

    const rotated = await (await ask(`/api/v1/keys/${made.id}/rotate`, withKey(secret, { method: 'POST' }))).json()
    expect([rotated.id, rotated.key === made.key]).toEqual([made.id, false])
    expect((await ask('/api/v1/stats', withKey(made.key))).status).toBe(401)
    expect((await ask('/api/v1/stats', withKey(rotated.key))).status).toBe(200)

    const revoked = await ask(`/api/v1/keys/${made.id}`, withKey(secret, { method: 'DELETE' }))
    expect((await revoked.json()).revoked_at).toMatch(/Z$|\+00:00$/)
    expect((await ask('/api/v1/stats', withKey(rotated.key))).status).toBe(401)
    expect((await ask(`/api/v1/keys/${made.id}/rotate`, withKey(secret, { method: 'POST' }))).status).toBe(409)

    const list = await (await ask('/api/v1/keys', withKey(secret))).text()
    expect(list).toContain(made.id)
    for (const told of [secret, made.key, rotated.key]) expect(list).not.toContain(told)
  })

  test('are nowhere in the database', async () => {
    const { newKey } = await started()
    const { secret } = await newKey('free')
    const rows = JSON.stringify(await database.sql.select().from(keys))
    expect(rows).not.toContain(secret)
    expect(rows).not.toContain(secret.slice(8, -5))
  })

  test('are not in the log, whatever fails', async () => {
    const { ask, newKey, engine, logged } = await started()
    const { secret } = await newKey('free')
    engine.answerAtOnce = async () => {
      throw new Error('broken')
    }
    const sent = await dot()
    expect((await ask('/api/v1/remove-watermark', withKey(secret, form({ image: sent })))).status).toBe(500)
    expect(logged).toHaveLength(1)
    expect(JSON.stringify(logged.map(String))).not.toContain(secret)
  })

  test('of others are managed by an administrator only', async () => {
    const { ask, newKey } = await started()
    const [plain, other] = [await newKey('free'), await newKey('free')]
    const { secret } = plain
    const list = await (await ask('/api/v1/keys', withKey(secret))).json()
    expect(list.keys.map(({ id }: { id: string }) => id)).toEqual([plain.key.id])
    expect((await ask(`/api/v1/keys/${other.key.id}`, withKey(secret, { method: 'DELETE' }))).status).toBe(404)
    const forOther = json('POST', { name: 'x', user_id: other.user.id })
    expect((await ask('/api/v1/keys', withKey(secret, forOther))).status).toBe(403)
    expect((await ask('/api/v1/users', withKey(secret))).status).toBe(403)
    expect((await ask(`/api/v1/usage?user_id=${other.user.id}`, withKey(secret))).status).toBe(404)
  })
})

async function dot(): Promise<File> {
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
  return new File([new Uint8Array(await picture.png().toBuffer())], 'a.png')
}

describe('users', () => {
  test('have the limits of their plan, and enterprise its own', async () => {
    const { ask, newKey } = await started()
    const { secret } = await newKey('pro', { isAdmin: true })
    const send = (method: string, path: string, body: unknown) => ask(path, withKey(secret, json(method, body)))
    const user = await (await send('POST', '/api/v1/users', { name: 'Shop', plan: 'basic' })).json()
    expect(user.limits).toEqual({ per_minute: 10, burst: 20, quota: 3000, period: 'month' })
    const own = { plan: 'enterprise', limits: { per_minute: 300, quota: 7 } }
    const changed = await (await send('PUT', `/api/v1/users/${user.id}`, own)).json()
    expect(changed).toMatchObject({ name: 'Shop', limits: { per_minute: 300, burst: 240, quota: 7 } })
    const wrong = await send('PUT', `/api/v1/users/${user.id}`, { plan: 'pro', limits: { quota: 7 } })
    expect([wrong.status, (await wrong.json()).detail[0].loc]).toEqual([422, ['body', 'limits']])
    expect((await send('POST', '/api/v1/users', { name: 'Shop' })).status).toBe(409)
    expect((await send('PUT', '/api/v1/users/usr_none', { plan: 'pro' })).status).toBe(404)
  })

  test('see what they have used', async () => {
    const { ask, newKey, engine } = await started()
    const { secret, user, key } = await newKey('free')
    engine.answerAtOnce = async () => [{ ok: false, code: 'internal', message: 'secret.png is odd', issues: [] }]
    const sent = await dot()
    await ask('/api/v1/remove-watermark', withKey(secret, form({ image: sent })))
    const usage = await (await ask('/api/v1/usage', withKey(secret))).json()
    expect(usage).toMatchObject({
      user: { id: user.id, plan: 'free' },
      quota: { used: 0, limit: 10 },
      rate: { limit: 5, remaining: 4 },
      keys: [{ id: key.id, total: 1, success: 0, failed: 1 }],
      days: [{ total: 1, failed: 1 }],
      latency: null,
      errors: [{ key_id: key.id, endpoint: 'POST /api/v1/remove-watermark', status: 500, error: 'Processing failed' }],
    })
  })
})

describe('a session', () => {
  test('stands for its key in the page, and ends with the key or on request', async () => {
    const { ask, newKey, gate } = await started()
    const { secret, key, user } = await newKey('basic')
    expect((await ask('/api/v1/session', json('POST', { key: 'nonsense' }))).status).toBe(401)
    const open = async () => {
      const response = await ask('/api/v1/session', json('POST', { key: secret }))
      expect(await response.json()).toMatchObject({ caller: 'key', admin: false, user: { id: user.id } })
      const cookie = response.headers.get('Set-Cookie') ?? ''
      expect(cookie).toMatch(/^darkroom_session=ds_[\w-]+;.*HttpOnly; SameSite=Strict/)
      return { Cookie: cookie.split(';')[0], ...PAGE }
    }
    const headers = await open()
    expect((await ask('/api/v1/stats', { headers })).status).toBe(200)
    const foreign = { ...headers, 'Sec-Fetch-Site': 'cross-site' }
    expect((await ask('/api/v1/stats', { headers: foreign })).status).toBe(401)
    expect((await ask('/api/v1/session', { method: 'DELETE', headers })).status).toBe(204)
    expect((await ask('/api/v1/stats', { headers })).status).toBe(401)
    const again = await open()
    await gate.accounts.rotateKey(key.id)
    expect((await ask('/api/v1/stats', { headers: again })).status).toBe(401)
  })

  test('says who is asking', async () => {
    const { ask, askHere } = await started()
    const caller = async (response: Response) => (await response.json()).caller
    expect(await caller(await ask('/api/v1/session'))).toBe('none')
    expect(await caller(await askHere('/api/v1/session', { headers: PAGE }))).toBe('local')
  })
})

describe('npm run keys', () => {
  const run = async (...args: string[]) => {
    const { gate } = await started()
    const lines: string[] = []
    const code = await runCommand(args, gate.accounts, (line) => lines.push(line))
    return { code, lines, gate }
  }

  test('makes a key for a user who is new, and it works', async () => {
    const { code, lines, gate } = await run('create', 'Bakery', 'basic', 'Till')
    expect(code).toBe(0)
    expect(await gate.access.findKey(lines[1])).toMatchObject({ limits: { perMinute: 10 } })
    const listed = await run('list')
    expect(listed.lines.join('\n')).toMatch(/Bakery +basic +Till +dk_/)
    expect(listed.lines.join('\n')).not.toContain(lines[1])
  })

  test('replaces and revokes keys', async () => {
    const made = await run('create', 'Florist')
    const id = made.lines[0].match(/key_\w+/)?.[0] ?? ''
    const rotated = await run('rotate', id)
    expect(await made.gate.access.findKey(made.lines[1])).toBeUndefined()
    expect(await made.gate.access.findKey(rotated.lines[1])).toBeDefined()
    await run('revoke', id)
    expect(await made.gate.access.findKey(rotated.lines[1])).toBeUndefined()
    await expect(run('rotate', id)).rejects.toThrow('revoked')
  })

  test('changes plans, and says what it does not understand', async () => {
    await run('create', 'Press')
    const { code, lines } = await run(
      'plan',
      'Press',
      'enterprise',
      'per-minute=7',
      'burst=9',
      'quota=11',
      'period=day',
    )
    expect([code, lines]).toEqual([
      0,
      ['Press has the plan enterprise: 7 requests a minute, 9 at once, 11 pictures a day.'],
    ])
    expect((await run('plan', 'Press', 'basic', 'quota=3')).code).toBe(2)
    expect((await run('plan', 'Press', 'golden')).code).toBe(2)
    expect((await run('sing')).lines[0]).toContain('Usage: npm run keys')
    await expect(run('revoke', 'key_none')).rejects.toThrow('There is no key "key_none"')
  })
})

onEachDatabase('The first key', ({ create }) => {
  test('is made once where there is none, whoever starts at the same moment', async () => {
    const { sql, close } = await openDatabase(testConfig(await create()))
    const made = await Promise.all([ensureFirstKey(sql, undefined), ensureFirstKey(sql, undefined)])
    expect(made.filter((key) => key !== undefined)).toHaveLength(1)
    expect(await ensureFirstKey(sql, undefined)).toBeUndefined()
    await close()
  })

  test('is API_KEY where it is set, and another one takes its place', async () => {
    const opened = await openDatabase(testConfig(await create()))
    const { gate } = await accessService({}, { database: opened })
    const [first, second] = ['correct-horse-battery', 'staple-correct-horse']
    expect(await ensureFirstKey(opened.sql, first)).toBeUndefined()
    await ensureFirstKey(opened.sql, first)
    expect(await gate.accounts.listKeys()).toHaveLength(1)
    expect(await gate.access.findKey(first)).toMatchObject({ isAdmin: true })
    await ensureFirstKey(opened.sql, second)
    expect(await gate.access.findKey(first)).toBeUndefined()
    expect(await gate.access.findKey(second)).toBeDefined()
    await opened.close()
  })
})
