import { expect, test } from 'vitest'
import type { Database } from '../../workers/device/database'
import { Privacy } from '../../workers/device/privacy'

/** As much of the database as a setting needs. */
function newDatabase() {
  const kept = new Map<string, unknown>()
  const database = {
    get: async (_: string, key: string) => kept.get(key),
    put: async (_: string, value: unknown, key: string) => void kept.set(key, value),
  }
  return async () => database as unknown as Database
}

test('holds in a service worker that was started again', async () => {
  const open = newDatabase()
  await new Privacy(open).set(true)
  const restarted = new Privacy(open)
  expect(restarted.known).toBeUndefined()
  expect(await restarted.isOn()).toBe(true)
  expect(restarted.known).toBe(true)
})

test('is off until somebody turns it on, and can be turned off again', async () => {
  const privacy = new Privacy(newDatabase())
  expect(await privacy.isOn()).toBe(false)
  await privacy.set(true)
  await privacy.set(false)
  expect(await privacy.isOn()).toBe(false)
})

test('is not confirmed when it cannot be stored', async () => {
  const privacy = new Privacy(() => Promise.reject(new Error('storage is blocked')))
  await expect(privacy.set(true)).rejects.toThrow(/blocked/)
  expect(await new Privacy(() => Promise.reject(new Error('storage is blocked'))).isOn()).toBe(false)
})
