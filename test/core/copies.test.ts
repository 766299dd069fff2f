import { describe, expect, it } from 'vitest'
import { groupsOf } from '../../core/copies/groups'
import { HashIndex } from '../../core/copies/hash-index'
import { hammingDistance } from '../../core/copies/pdq'
import { seeded } from '../support'

const random = seeded(11)
const hash = () => Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join('')

/** The hash with so many of its bits changed, anywhere. */
function changed(original: string, bits: number): string {
  const places = Array.from({ length: 256 }, (_, i) => i)
    .map((place) => [random(), place])
    .sort(([a], [b]) => a - b)
    .slice(0, bits)
    .map(([, place]) => place)
  return [...original]
    .map((digit, i) =>
      places
        .filter((place) => place >> 2 === i)
        .reduce((value, place) => value ^ (1 << (place & 3)), Number.parseInt(digit, 16))
        .toString(16),
    )
    .join('')
}

describe('the index of perceptual hashes', () => {
  const stored = Array.from({ length: 3000 }, hash)
  const index = new HashIndex()
  for (const one of stored) index.add(one)

  it.each([0, 1, 8, 16, 24, 30, 31])('finds every hash that differs in %i bits', (bits) => {
    for (let i = 0; i < 40; i++) {
      const near = index.search(changed(stored[i * 70], bits))
      expect(near).toEqual([{ index: i * 70, distance: bits }])
    }
  })

  it('finds nothing beyond the distance that was asked for', () => {
    expect(index.search(changed(stored[5], 12), 11)).toEqual([])
    expect(index.search(changed(stored[5], 40))).toEqual([])
    expect(() => index.search(stored[5], 32)).toThrow('within 31 bits')
  })

  it('agrees with looking at every hash, and gives the nearest first', () => {
    const crowd = new HashIndex()
    const center = hash()
    const around = Array.from({ length: 200 }, (_, i) => changed(center, i % 50))
    for (const one of around) crowd.add(one)
    const expected = around.map((one) => hammingDistance(one, center)).filter((distance) => distance <= 31)
    expect(crowd.search(center).map(({ distance }) => distance)).toEqual(expected.sort((a, b) => a - b))
  })
})

describe('groups of copies', () => {
  it('hang together through others', () => {
    const links = [
      { a: 4, b: 1 },
      { a: 6, b: 4 },
      { a: 2, b: 3 },
    ]
    expect(groupsOf(8, links)).toEqual([
      [1, 4, 6],
      [2, 3],
    ])
  })

  it('are none without links', () => {
    expect(groupsOf(5, [])).toEqual([])
    expect(groupsOf(0, [])).toEqual([])
  })

  it('may be one of everything, in whatever order the links come', () => {
    const count = 1000
    const links = Array.from({ length: count - 1 }, (_, i) => ({ a: i + 1, b: (i * 7) % (i + 1) }))
    expect(groupsOf(count, links.toReversed())).toEqual([Array.from({ length: count }, (_, i) => i)])
  })
})
