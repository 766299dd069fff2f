import { expect, test } from 'vitest'
import type { Database } from '../../workers/device/database'
import { Privacy } from '../../workers/device/privacy'

/** As much of the database as a setting needs. */
function newDatabase() {
  const kept = new Map<string, unknown>()
  const database = {
    get: async (_: string, key: string) => structuredClone(kept.get(key)),
    put: async (_: string, value: unknown, key: string) => void kept.set(key, structuredClone(value)),
  }
  return async () => database as unknown as Database
}

const open = ['tab', 'other']

test('holds for a tab in a service worker that was started again', async () => {
  const database = newDatabase()
  await new Privacy(database).set('tab', true, open)
  const restarted = new Privacy(database)
  expect(restarted.known('tab')).toBeUndefined()
  expect(await restarted.isOn('tab')).toBe(true)
  expect(restarted.known('tab')).toBe(true)
})

test('is off until somebody turns it on, and can be turned off again', async () => {
  const privacy = new Privacy(newDatabase())
  expect(await privacy.isOn('tab')).toBe(false)
  await privacy.set('tab', true, open)
  await privacy.set('tab', false, open)
  expect(await privacy.isOn('tab')).toBe(false)
})

test('of one tab is nothing that another can turn off, or has to share', async () => {
  const privacy = new Privacy(newDatabase())
  await privacy.set('tab', true, open)
  await privacy.set('other', false, open)
  expect(await privacy.isOn('tab')).toBe(true)
  expect(await privacy.isOn('other')).toBe(false)
})

test('holds for a client that has not said anything as long as any other is private', async () => {
  const privacy = new Privacy(newDatabase())
  await privacy.set('tab', true, open)
  expect(await privacy.isOn('just loading')).toBe(true)
  await privacy.set('tab', false, open)
  expect(await privacy.isOn('just loading')).toBe(false)
})

test('of a tab that was closed is forgotten when the next one speaks', async () => {
  const privacy = new Privacy(newDatabase())
  await privacy.set('tab', true, open)
  await privacy.set('other', false, ['other'])
  expect(await privacy.isOn('just loading')).toBe(false)
})

test('is not confirmed when it cannot be stored', async () => {
  const blocked = () => Promise.reject(new Error('storage is blocked'))
  await expect(new Privacy(blocked).set('tab', true, open)).rejects.toThrow(/blocked/)
  expect(await new Privacy(blocked).isOn('tab')).toBe(false)
})
