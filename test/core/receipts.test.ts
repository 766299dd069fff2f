import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../core/canonical-json'
import { sha256 } from '../../core/sha256'
import { seeded } from '../support'

test('SHA-256 agrees with the platform’s for every length around its blocks', () => {
  const random = seeded(5)
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, () => random() * 256)
    expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'))
  }
})

test('SHA-256 reads a part of a buffer as that part', () => {
  const bytes = new Uint8Array(300).fill(7).subarray(100, 230)
  expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'))
})

test('canonical JSON sorts keys at every depth and leaves out what is undefined', () => {
  expect(canonicalJson({ b: [1.5, { z: null, y: 'é"' }], a: undefined, A: 1e21 })).toBe(
    '{"A":1e+21,"b":[1.5,{"y":"é\\"","z":null}]}',
  )
})
