import { CANDIDATES, candidates, type Print } from '../../core/copies/candidates'
import { DisjointSets } from '../../core/copies/groups'
import { unitLength } from '../../core/vector'
import { seeded } from '../support'
import { clusteredVectors } from './copies-vectors'

const SIZES = (process.env.GROUPED ?? '10000,30000,100000').split(',').map(Number)
const COPIED = 3 // every third picture is a copy of the one before it
const NOISE = 0.5 // of a copy's embedding, as long as the noise is to the embedding
const FLIPPED = 20 // bits of a copy's hash; that of every other copy is a stranger's

/** Finding the candidates among a folder's pictures, and how many of the planted copies are among them. */
export async function printGroups(): Promise<void> {
  for (const size of SIZES) {
    const prints = printsOf(size)
    const before = process.cpuUsage()
    const found = await candidates(prints, CANDIDATES, async () => {})
    const { user, system } = process.cpuUsage(before)
    const seconds = (user + system) / 1e6
    const sets = new DisjointSets(size)
    for (const pair of found) sets.join(pair)
    const copies = Array.from({ length: Math.floor(size / COPIED) }, (_, i) => i * COPIED + 2)
    const joined = copies.filter((b) => sets.isJoined({ a: b - 1, b })).length / copies.length
    const pairs = new Set(found.map(({ a, b }) => a * size + b))
    const named = copies.filter((b) => pairs.has((b - 1) * size + b)).length / copies.length
    const each = ((seconds * 1000) / size).toFixed(3)
    const shares = `of the planted copies ${named.toFixed(3)} are named and ${joined.toFixed(3)} joined`
    console.log(
      `${size} pictures: ${seconds.toFixed(1)} s of a core, ${each} ms each, ${found.length} candidates; ${shares}`,
    )
  }
}

function printsOf(count: number): Print[] {
  const random = seeded(2)
  const hash = () => Array.from({ length: 64 }, () => Math.floor(random() * 16))
  const vectors = clusteredVectors(count)
  const hashes = vectors.map(hash)
  return vectors.map((vector, i) => {
    const isCopy = i % COPIED === 2
    const embedding = isCopy ? near(vectors[i - 1], random) : vector
    const own = isCopy && i % 2 === 0 ? flipped(hashes[i - 1], random) : hashes[i]
    const turns = Array.from({ length: 7 }, hash)
    return { orientations: [own, ...turns].map(hex), quality: 100, embedding }
  })
}

function near(vector: Float32Array, random: () => number): Float32Array {
  const noise = unitLength(vector.map(() => random() - 0.5))
  return unitLength(vector.map((value, i) => value + NOISE * noise[i]))
}

function flipped(digits: readonly number[], random: () => number): number[] {
  const changed = [...digits]
  for (let i = 0; i < FLIPPED; i++) changed[Math.floor(random() * 64)] ^= 1 << Math.floor(random() * 4)
  return changed
}

const hex = (digits: readonly number[]): string => digits.map((digit) => digit.toString(16)).join('')
