import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { Sha256 } from '../../core/sha256'
import { seeded } from '../support'

const random = seeded(1)
const bytes = (count: number) => Uint8Array.from({ length: count }, () => random() * 256)

test.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 100_001])('hashes %i bytes as Node does', (count) => {
  const data = bytes(count)
  expect(new Sha256().update(data).digest()).toBe(createHash('sha256').update(data).digest('hex'))
})

test('hashes the same in pieces of any size', () => {
  const data = bytes(10_000)
  const hash = new Sha256()
  for (let at = 0; at < data.length; ) {
    const to = at + 1 + Math.floor(random() * 200)
    hash.update(data.subarray(at, to))
    at = to
  }
  expect(hash.digest()).toBe(createHash('sha256').update(data).digest('hex'))
})
