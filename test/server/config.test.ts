import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../server/config'
import { configTable } from '../../server/config/environment'

const refusal = (env: Record<string, string>): string => {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
  }
  return 'accepted'
}

test('nothing needs to be set', () => {
  expect(readConfig({})).toMatchObject({
    role: 'all',
    host: '127.0.0.1',
    ports: [8080],
    dataDir: 'data',
    databaseUrl: undefined,
    upload: { fileBytes: 20_000_000 },
    taskTtlMs: 72 * 3_600_000,
  })
})

test('a variable that is set to nothing counts as not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ' })).toEqual(readConfig({}))
})

test('extra ports are listened on too, each once', () => {
  expect(readConfig({ PORT: '8080', EXTRA_PORTS: '8888, 8000,8080' }).ports).toEqual([8080, 8888, 8000])
})

test('a worker listens only where a port is given', () => {
  const worker = { ROLE: 'worker', DATABASE_URL: 'postgres://db/darkroom' }
  expect(readConfig(worker).ports).toEqual([])
  expect(readConfig({ ...worker, PORT: '9000' }).ports).toEqual([9000])
})

test('there is a worker for each core unless a number is given', () => {
  expect(readConfig({}).workers).toBeGreaterThan(0)
  expect(readConfig({ WORKERS: '3' }).workers).toBe(3)
})

test('any name is taken only where the server is open to the network and was told none', () => {
  expect(readConfig({}).allowedHosts).toEqual(['127.0.0.1'])
  expect(readConfig({ HOST: '::1' }).allowedHosts).toEqual(['::1'])
  expect(readConfig({ HOST: '0.0.0.0' }).allowedHosts).toBe('any')
  expect(readConfig({ HOST: '0.0.0.0', ALLOWED_HOSTS: 'a.test, b.test' }).allowedHosts).toEqual(['a.test', 'b.test'])
  expect(readConfig({ ALLOWED_HOSTS: '*' }).allowedHosts).toBe('any')
})

test.each([
  [
    { ALLOWED_HOSTS: 'https://a.test' },
    'ALLOWED_HOSTS must be a list of host names without scheme and port, separated by commas, not "https://a.test".',
  ],
  [{ PORT: 'http' }, 'PORT must be a port from 0 to 65535, not "http".'],
  [{ PORT: '70000' }, 'PORT must be a port from 0 to 65535, not "70000".'],
  [
    { EXTRA_PORTS: '8888;8000' },
    'EXTRA_PORTS must be a list of ports from 0 to 65535, separated by commas, not "8888;8000".',
  ],
  [
    { ACCEPT_LICENSES: 'sface-2021dec, arcface' },
    'ACCEPT_LICENSES must be a list of model ids separated by commas, or all, not "sface-2021dec, arcface".',
  ],
  [{ ROLE: 'boss' }, 'ROLE must be all, api or worker, not "boss".'],
  [{ MAX_FILE_MB: '0' }, 'MAX_FILE_MB must be a whole number of megabytes from 1 to 10000, not "0".'],
  [{ WORKERS: '1.5' }, 'WORKERS must be a whole number from 0 to 256, not "1.5".'],
])('%o is refused with one sentence that says what would be right', (env, sentence) => {
  expect(refusal(env)).toBe(sentence)
})

test('all wrong variables are named at once', () => {
  expect(refusal({ PORT: '-1', LOG_LEVEL: 'loud', MAX_FILES: 'many' }).split('\n')).toHaveLength(3)
})

test('a wrong database address is not repeated, since it may hold a password', () => {
  const sentence = refusal({ DATABASE_URL: 'mysql://user:secret@host/name' })
  expect(sentence).toContain('DATABASE_URL must be an address such as postgres://')
  expect(sentence).not.toContain('secret')
})

test('a key that is too short to be one is not repeated', () => {
  expect(refusal({ API_KEY: 'hunter2' })).toBe('API_KEY must be a random text of 8 to 200 letters, digits and signs.')
})

test.each(['api', 'worker'])('role %s needs a database that several processes can share', (ROLE) => {
  expect(refusal({ ROLE })).toContain('DATABASE_URL must be set')
  expect(refusal({ ROLE, DATABASE_URL: 'postgres://localhost/darkroom' })).toBe('accepted')
})

test('the table in the documentation is current', async () => {
  await expect(configTable()).toMatchFileSnapshot(resolve('server/CONFIG.md'))
})
