import { describe, expect, it } from 'vitest'
import { type Candidate, candidates, type Print } from '../../core/copies/candidates'
import { HashIndex } from '../../core/copies/hash-index'
import { nearestPairs } from '../../core/copies/nearest-pairs'
import { pdq } from '../../core/copies/pdq'
import { dot, unitLength } from '../../core/vector'
import { seeded } from '../support'

const random = seeded(5)
const now = async () => {}
const OPTIONS = { floor: 0.5, nearest: 6 }

const vector = (length = 256) => unitLength(Float32Array.from({ length }, () => random() - 0.5))
const near = (of: Float32Array, by: number) => {
  const other = vector(of.length)
  return unitLength(of.map((value, i) => value + by * other[i]))
}

/** A picture of coarse coloured noise, which has detail everywhere. */
function scene(): { width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> } {
  const side = 96
  const cells = Array.from({ length: 144 }, () => [random() * 255, random() * 255, random() * 255])
  const data = new Uint8ClampedArray(side * side * 4)
  for (let i = 0; i < side * side; i++) {
    const cell = Math.floor((i % side) / 8) + 12 * Math.floor(i / side / 8)
    data.set([...cells[cell], 255], i * 4)
  }
  return { width: side, height: side, data }
}

function turnedRight({ width, height, data }: ReturnType<typeof scene>) {
  const turned = new Uint8ClampedArray(data.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      turned.set(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4), (x * height + height - 1 - y) * 4)
    }
  }
  return { width: height, height: width, data: turned }
}

const printOf = (picture: ReturnType<typeof scene>, embedding = vector()): Print => ({ ...pdq(picture), embedding })
const places = (found: readonly Candidate[]) => found.map(({ a, b }) => [a, b])

describe('candidates for copies', () => {
  it('are found by hash in whatever orientation, though their embeddings are strangers', async () => {
    const first = scene()
    const prints = [printOf(scene()), printOf(first), printOf(scene()), printOf(turnedRight(first)), printOf(scene())]
    const found = await candidates(prints, OPTIONS, now)
    expect(places(found)).toEqual([[1, 3]])
    expect(found[0].distance).toBeLessThanOrEqual(31)
    expect(found[0].similarity).toBeNull()
  })

  it('are found by embedding, though their hashes are strangers', async () => {
    const embedding = vector()
    const prints = [printOf(scene(), embedding), printOf(scene()), printOf(scene(), near(embedding, 0.3))]
    const found = await candidates(prints, OPTIONS, now)
    expect(places(found)).toEqual([[0, 2]])
    expect(found[0].distance).toBeNull()
    expect(found[0].similarity).toBeCloseTo(dot(prints[0].embedding, prints[2].embedding), 4)
  })

  it('are none among flat pictures, whose hashes are all alike', async () => {
    const flat = { width: 40, height: 40, data: new Uint8ClampedArray(6400).fill(128) }
    expect(await candidates([printOf(flat), printOf(flat), printOf(flat)], OPTIONS, now)).toEqual([])
  })

  it('agree with comparing every embedding with every other one, across blocks', async () => {
    const centers = Array.from({ length: 20 }, () => vector())
    const vectors = Array.from({ length: 150 }, (_, i) => near(centers[i % 20], 1.1 * random()))
    const prints = vectors.map((embedding) => ({ orientations: [], quality: 0, embedding }))
    const expected = new Set<string>()
    vectors.forEach((one, i) => {
      const others = vectors.map((other, j) => ({ j, similarity: dot(one, other) })).filter(({ j }) => j !== i)
      const nearest = others.sort((a, b) => b.similarity - a.similarity).slice(0, 3)
      for (const { j, similarity } of nearest) {
        if (similarity >= 0.5) expected.add(`${Math.min(i, j)} ${Math.max(i, j)}`)
      }
    })
    const found = await candidates(prints, { floor: 0.5, nearest: 3 }, now)
    expect(found.map(({ a, b }) => `${a} ${b}`).sort()).toEqual([...expected].sort())
    expect(expected.size).toBeGreaterThan(100)
  })

  it('stay few when all pictures are alike', async () => {
    const embedding = vector()
    const prints = Array.from({ length: 300 }, () => ({
      orientations: [],
      quality: 0,
      embedding: near(embedding, 0.2),
    }))
    expect((await candidates(prints, OPTIONS, now)).length).toBeLessThanOrEqual(300 * 6)
  })

  it('come with the most alike first', async () => {
    const embedding = vector()
    const prints = [0, 0.5, 0.1].map((by) => printOf(scene(), near(embedding, by)))
    const found = await candidates(prints, OPTIONS, now)
    expect(places(found)).toEqual([
      [0, 2],
      [0, 1],
      [1, 2],
    ])
  })

  it('end when the work is canceled, and refuse embeddings of different models', async () => {
    const prints = Array.from({ length: 200 }, () => ({ orientations: [], quality: 0, embedding: vector() }))
    const stop = async (done: number) => {
      if (done > 0.5) throw new Error('stopped')
    }
    await expect(candidates(prints, OPTIONS, stop)).rejects.toThrow('stopped')
    const mixed = [...prints, { orientations: [], quality: 0, embedding: new Float32Array(8) }]
    await expect(candidates(mixed, OPTIONS, now)).rejects.toThrow('Vector 200 has 8 numbers, the first 256')
  })
})

describe('the work of finding candidates', () => {
  it('by embedding grows little faster than the number of pictures, and misses few neighbours', async () => {
    const [few, many] = [groupedVectors(4500), groupedVectors(9000)]
    const [half, whole] = [await nearestPairs(few, NEAREST, now), await nearestPairs(many, NEAREST, now)]
    expect(half.compared / few.length).toBeLessThan(few.length / 2)
    expect(whole.compared / many.length).toBeLessThan((1.25 * half.compared) / few.length)
    const found = new Set(whole.pairs.map(({ a, b }) => `${a} ${b}`))
    const planted = Array.from({ length: many.length / COPIES }, (_, i) => `${i * COPIES} ${i * COPIES + 1}`)
    expect(planted.filter((pair) => found.has(pair)).length).toBeGreaterThan(0.98 * planted.length)
  })

  it('by hash stays a hundredth of comparing all, and among thousands alike does not grow with their number', () => {
    const index = new HashIndex()
    const hash = () => Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join('')
    for (let i = 0; i < 3000; i++) index.add(hash())
    for (let i = 0; i < 100; i++) index.search(hash())
    expect(index.compared).toBeLessThan(3000)
    const same = hash()
    for (let i = 0; i < 3000; i++) index.add(same)
    const before = index.compared
    expect(index.search(same, 31, 64).map((near) => near.distance)).toEqual(Array(64).fill(0))
    expect(index.compared - before).toBeLessThan(200)
  })
})

const NEAREST = { floor: 0.5, nearest: 3 }
const COPIES = 3 // of each picture

/** Scenes, each with copies that lie near it; scenes of one kind lie in one part of the space. */
function groupedVectors(count: number): Float32Array[] {
  const kinds = Array.from({ length: 40 }, () => vector(48))
  const scenes = Array.from({ length: count / COPIES }, (_, i) => near(kinds[i % kinds.length], 1))
  return Array.from({ length: count }, (_, i) => near(scenes[Math.floor(i / COPIES)], 0.4))
}
