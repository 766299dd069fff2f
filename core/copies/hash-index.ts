import { ones } from './pdq'

const WORDS = 8 // 32 bits each
const BANDS = 16 // 16 bits each

/** A stored hash near the one asked for. */
export interface Near {
  /** In the order in which the hashes were added, from 0. */
  readonly index: number
  /** Differing bits. */
  readonly distance: number
}

/**
 * Finds every stored 256-bit hash within 31 bits of another, exactly and without looking at all of them: among 16 bands
 * of 16 bits, one at least differs in at most one bit.
 *
 * @see Norouzi, Punjani and Fleet, "Fast search in Hamming space with multi-index hashing", CVPR 2012
 */
export class HashIndex {
  static readonly FARTHEST = 2 * BANDS - 1
  readonly #bands = Array.from({ length: BANDS }, () => new Map<number, number[]>())
  #words = new Uint32Array(WORDS * 1024)
  #count = 0
  #compared = 0

  get size(): number {
    return this.#count
  }

  /** With how many stored hashes all searches have compared theirs. */
  get compared(): number {
    return this.#compared
  }

  /** @param hash 64 hexadecimal digits */
  add(hash: string): number {
    const index = this.#count++
    if (index * WORDS === this.#words.length) this.#grow()
    const words = wordsOf(hash)
    this.#words.set(words, index * WORDS)
    this.#bands.forEach((band, i) => {
      const key = keyOf(words, i)
      const same = band.get(key)
      if (same) same.push(index)
      else band.set(key, [index])
    })
    return index
  }

  /**
   * @param farthest bits, at most 31
   * @param crowd of more hashes with the same 16 bits in one place only so many, the latest, are looked at
   * @returns the nearest first
   */
  search(hash: string, farthest = HashIndex.FARTHEST, crowd = Number.POSITIVE_INFINITY): Near[] {
    if (farthest > HashIndex.FARTHEST) throw new RangeError(`The index finds hashes within ${HashIndex.FARTHEST} bits`)
    const words = wordsOf(hash)
    const distances = new Map<number, number>()
    this.#bands.forEach((band, i) => {
      for (const key of withinOneBit(keyOf(words, i))) {
        const same = band.get(key) ?? []
        for (let at = Math.max(0, same.length - crowd); at < same.length; at++) {
          if (!distances.has(same[at])) distances.set(same[at], this.#distance(words, same[at]))
        }
      }
    })
    return [...distances]
      .filter(([, distance]) => distance <= farthest)
      .map(([index, distance]) => ({ index, distance }))
      .sort((a, b) => a.distance - b.distance || a.index - b.index)
  }

  #distance(words: Uint32Array, index: number): number {
    this.#compared++
    let distance = 0
    for (let i = 0; i < WORDS; i++) distance += ones(words[i] ^ this.#words[index * WORDS + i])
    return distance
  }

  #grow(): void {
    const larger = new Uint32Array(this.#words.length * 2)
    larger.set(this.#words)
    this.#words = larger
  }
}

const wordsOf = (hash: string): Uint32Array =>
  Uint32Array.from({ length: WORDS }, (_, i) => Number.parseInt(hash.slice(i * 8, i * 8 + 8), 16))

/** The 16 bits of each of a hash's 16 bands: what an index in a database keeps. */
export function bandKeys(hash: string): number[] {
  const words = wordsOf(hash)
  return Array.from({ length: BANDS }, (_, band) => keyOf(words, band))
}

/** Every key of every band that a hash within 31 bits can have in that band. */
export const nearKeys = (hash: string): { band: number; key: number }[] =>
  bandKeys(hash).flatMap((key, band) => withinOneBit(key).map((near) => ({ band, key: near })))

const keyOf = (words: Uint32Array, band: number): number =>
  band % 2 === 0 ? words[band >> 1] >>> 16 : words[band >> 1] & 0xffff

function withinOneBit(key: number): number[] {
  return [key, ...Array.from({ length: 16 }, (_, bit) => key ^ (1 << bit))]
}
