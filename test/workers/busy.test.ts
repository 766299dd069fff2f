import { describe, expect, test } from 'vitest'
import { ToolError } from '../../core/errors'
import { BusyError, retryAfterMs, whileBusy } from '../../workers/busy'

const never = new AbortController().signal

/** Refuses the first few times. */
function busyFor(refusals: number, waitMs = 0) {
  let tries = 0
  const attempt = async () => {
    tries++
    if (tries <= refusals) throw new BusyError('The queue is full', waitMs)
    return tries
  }
  return { attempt, tries: () => tries }
}

test.each([
  ['3', 3000],
  [' 0 ', 0],
  ['Wed, 25 Mar 2026 12:00:05 GMT', 5000],
  ['Wed, 25 Mar 2026 11:00:00 GMT', 0],
  ['soon', undefined],
  [null, undefined],
])('a Retry-After of %j is a wait of %j ms', (header, ms) => {
  expect(retryAfterMs(header, Date.parse('2026-03-25T12:00:00Z'))).toBe(ms)
})

describe('what a busy server refuses', () => {
  test('is tried again, and whoever waits is told', async () => {
    const { attempt } = busyFor(2)
    let waits = 0
    expect(await whileBusy(attempt, never, () => waits++)).toBe(3)
    expect(waits).toBe(2)
  })

  test('is given up after some tries, with its sentence', async () => {
    const { attempt, tries } = busyFor(100)
    await expect(whileBusy(attempt, never)).rejects.toThrow('The queue is full')
    expect(tries()).toBe(4)
  })

  test('is given up at once when the wait would be long', async () => {
    const { attempt, tries } = busyFor(1, 3_600_000)
    await expect(whileBusy(attempt, never)).rejects.toThrow('The queue is full')
    expect(tries()).toBe(1)
  })

  test('is given up when the user stops meanwhile', async () => {
    const stop = new AbortController()
    const { attempt, tries } = busyFor(1, 30_000)
    await expect(whileBusy(attempt, stop.signal, () => stop.abort())).rejects.toThrow(/abort/i)
    expect(tries()).toBe(1)
  })
})

test('any other refusal is not tried again', async () => {
  let tries = 0
  const attempt = async () => {
    tries++
    throw new ToolError('invalid-input', 'wrong')
  }
  await expect(whileBusy(attempt, never)).rejects.toThrow('wrong')
  expect(tries).toBe(1)
})
