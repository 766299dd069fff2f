import type { Checkpoint } from '../../../core/progress'
import type { Raster, Size } from '../../../core/raster'
import type { Mask } from '../mask'

const RADIUS = 2 // patches of 5×5
const ROUNDS = 4
const SEED = 1

/**
 * For each pixel of the hole, the middle of a known patch that looks much like the one around it; random guesses that
 * neighbours hand on to each other. Always the same for the same picture.
 *
 * @returns places as indices into the picture, of the hole's pixels alone; undefined where no patch is wholly known
 * @see Barnes et al., "PatchMatch: a randomized correspondence algorithm for structural image editing", SIGGRAPH 2009
 */
export async function nearestPatches(
  picture: Raster,
  hole: Mask,
  checkpoint: Checkpoint,
): Promise<Int32Array | undefined> {
  const usable = wholePatches(hole)
  const known = indicesOf(usable)
  if (known.length === 0) return undefined
  const random = sequence(SEED)
  const search: Search = { picture, usable, random, ...emptyField(picture) }
  const wanted = indicesOf(hole.data)
  for (const at of wanted) propose(search, at, known[Math.floor(random() * known.length)])
  for (let round = 0; round < ROUNDS; round++) {
    await checkpoint(round, ROUNDS)
    const step = round % 2 === 0 ? 1 : -1
    for (let i = 0; i < wanted.length; i++) improve(search, hole, wanted[step > 0 ? i : wanted.length - 1 - i], step)
  }
  return search.nearest
}

interface Search {
  readonly picture: Raster
  /** 1 where a patch is wholly known. */
  readonly usable: Uint8Array
  readonly nearest: Int32Array
  readonly distance: Float64Array
  random(): number
}

const emptyField = ({ width, height }: Size) => ({
  nearest: new Int32Array(width * height),
  distance: new Float64Array(width * height).fill(Number.POSITIVE_INFINITY),
})

/** Takes over what the pixels before it have found, moved by one, then looks around in ever smaller squares. */
function improve(search: Search, hole: Mask, at: number, step: number): void {
  const { width, height } = hole
  for (const back of [step, step * width]) {
    const before = at - back
    if (before >= 0 && before < hole.data.length && hole.data[before] !== 0) {
      propose(search, at, search.nearest[before] + back)
    }
  }
  for (let radius = Math.max(width, height); radius >= 1; radius /= 2) {
    const { nearest, random } = search
    const x = (nearest[at] % width) + Math.round((2 * random() - 1) * radius)
    const y = Math.floor(nearest[at] / width) + Math.round((2 * random() - 1) * radius)
    if (x >= 0 && y >= 0 && x < width && y < height) propose(search, at, y * width + x)
  }
}

function propose({ picture, usable, nearest, distance }: Search, at: number, from: number): void {
  if (!usable[from]) return
  const found = patchDistance(picture, at, from, distance[at])
  if (found >= distance[at]) return
  distance[at] = found
  nearest[at] = from
}

/** Sum of squared differences over the part of the patch that lies in the picture; stops at `most`. */
function patchDistance({ width, height, data }: Raster, at: number, from: number, most: number): number {
  const [x, y] = [at % width, Math.floor(at / width)]
  let sum = 0
  for (let dy = Math.max(-RADIUS, -y); dy <= Math.min(RADIUS, height - 1 - y); dy++) {
    for (let dx = Math.max(-RADIUS, -x); dx <= Math.min(RADIUS, width - 1 - x); dx++) {
      const offset = dy * width + dx
      const [a, b] = [(at + offset) * 4, (from + offset) * 4]
      sum += (data[a] - data[b]) ** 2 + (data[a + 1] - data[b + 1]) ** 2 + (data[a + 2] - data[b + 2]) ** 2
    }
    if (sum >= most) return sum
  }
  return sum
}

/** 1 for the middles of patches without any hole, as wide as the picture goes. */
function wholePatches({ width, height, data }: Mask): Uint8Array {
  const whole = new Uint8Array(data.length)
  for (let y = RADIUS; y < height - RADIUS; y++) {
    for (let x = RADIUS; x < width - RADIUS; x++) whole[y * width + x] = isKnown(data, width, x, y) ? 1 : 0
  }
  return whole
}

function isKnown(data: Uint8Array, width: number, x: number, y: number): boolean {
  for (let dy = -RADIUS; dy <= RADIUS; dy++) {
    for (let dx = -RADIUS; dx <= RADIUS; dx++) if (data[(y + dy) * width + x + dx] !== 0) return false
  }
  return true
}

function indicesOf(flags: Uint8Array): Int32Array {
  const indices = new Int32Array(flags.reduce((count, flag) => count + (flag === 0 ? 0 : 1), 0))
  for (let i = 0, at = 0; i < flags.length; i++) if (flags[i] !== 0) indices[at++] = i
  return indices
}

/** Uniform in 0..1. @see Numerical Recipes, section 7.1 */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
