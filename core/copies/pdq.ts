import type { Raster } from '../raster'

/** Edge of the block that the picture is reduced to, and of the block of its coefficients that is kept. */
const BLOCK = 64
const SIDE = 16
const SMALLEST_EDGE = 5 // below, the published programs hash nothing either

/** What turns the stored picture into the one whose hash this is; in the order of `Pdq.orientations`. */
export const ORIENTATIONS = [
  'original',
  'rotated 90° left',
  'rotated 180°',
  'rotated 90° right',
  'flipped upside down',
  'mirrored',
  'mirrored and rotated 90° left',
  'mirrored and rotated 90° right',
] as const

export interface Pdq {
  /** 256 bits as 64 hexadecimal digits. */
  readonly hash: string
  /** 0 to 100; below 50 the picture has too little detail for the hash to tell it from others. */
  readonly quality: number
  /** Hashes of the eight turned and mirrored pictures; the first is `hash`. */
  readonly orientations: readonly string[]
}

/**
 * PDQ, the perceptual hash of Meta's ThreatExchange ("The TMK+PDQF video-hashing algorithm and the PDQ image-hashing
 * algorithm", 2019), at full size: luminance, two passes of a box filter each way, 64 × 64 samples, the 16 × 16 lowest
 * cosine coefficients without the constant ones, one bit each for lying above their median.
 *
 * Two pictures are usually called copies at a distance of at most 31 bits.
 */
export function pdq(picture: Raster): Pdq {
  if (Math.min(picture.width, picture.height) < SMALLEST_EDGE) {
    const hash = '0'.repeat((SIDE * SIDE) / 4)
    return { hash, quality: 0, orientations: ORIENTATIONS.map(() => hash) }
  }
  const block = reduce(picture)
  const coefficients = lowest(block)
  const orientations = TURNS.map((turn) => bits(turned(coefficients, turn)))
  return { hash: orientations[0] as string, quality: quality(block), orientations }
}

/** Differing bits of two hashes of equal length, 0 to 256. */
export function hammingDistance(a: string, b: string): number {
  let distance = 0
  for (let i = 0; i < a.length; i += 8) {
    distance += ones(Number.parseInt(a.slice(i, i + 8), 16) ^ Number.parseInt(b.slice(i, i + 8), 16))
  }
  return distance
}

export function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The filtered picture at 64 × 64 points. Rows and columns can be filtered in any order, so only 64 columns are kept. */
function reduce({ width, height, data }: Raster): Float32Array {
  const columns = new Float32Array(height * BLOCK)
  const [row, other] = [new Float32Array(width), new Float32Array(width)]
  for (let y = 0; y < height; y++) {
    luminance(data, y * width * 4, row)
    smoothTwice(row, other)
    for (let x = 0; x < BLOCK; x++) columns[x * height + y] = row[sampleAt(x, width)] as number
  }
  const block = new Float32Array(BLOCK * BLOCK)
  const spare = new Float32Array(height)
  for (let x = 0; x < BLOCK; x++) {
    const column = columns.subarray(x * height, (x + 1) * height)
    smoothTwice(column, spare)
    for (let y = 0; y < BLOCK; y++) block[y * BLOCK + x] = column[sampleAt(y, height)] as number
  }
  return block
}

const sampleAt = (i: number, length: number): number => Math.floor(((i + 0.5) * length) / BLOCK)

function luminance(data: Raster['data'], from: number, row: Float32Array): void {
  for (let x = 0, at = from; x < row.length; x++, at += 4) {
    row[x] = 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number)
  }
}

function smoothTwice(line: Float32Array, spare: Float32Array): void {
  const window = Math.ceil(line.length / (2 * BLOCK))
  box(line, spare, window)
  box(spare, line, window)
}

/** Mean over a window that is cut off at both ends; an even window reaches one further to the right. */
function box(from: Float32Array, to: Float32Array, window: number): void {
  const ahead = window >> 1
  const behind = window - 1 - ahead
  let sum = 0
  for (let i = 0; i < ahead; i++) sum += from[i] as number
  for (let i = 0; i < from.length; i++) {
    if (i + ahead < from.length) sum += from[i + ahead] as number
    if (i - behind > 0) sum -= from[i - behind - 1] as number
    to[i] = sum / (Math.min(i + ahead, from.length - 1) - Math.max(i - behind, 0) + 1)
  }
}

/** Sum of the differences between neighbours, scaled so that most photographs reach 100. */
function quality(block: Float32Array): number {
  let sum = 0
  for (let y = 0; y < BLOCK; y++) {
    for (let x = 0; x < BLOCK; x++) {
      const here = block[y * BLOCK + x] as number
      if (y + 1 < BLOCK) sum += percent(here - (block[(y + 1) * BLOCK + x] as number))
      if (x + 1 < BLOCK) sum += percent(here - (block[y * BLOCK + x + 1] as number))
    }
  }
  return Math.min(100, Math.floor(sum / 90))
}

const percent = (difference: number): number => Math.trunc(Math.abs((difference * 100) / 255))

const COSINES = Float64Array.from(
  { length: SIDE * BLOCK },
  (_, k) =>
    Math.sqrt(2 / BLOCK) * Math.cos((Math.PI / 2 / BLOCK) * (Math.floor(k / BLOCK) + 1) * (2 * (k % BLOCK) + 1)),
)

/** Rows and columns 1 to 16 of the discrete cosine transform. */
function lowest(block: Float32Array): Float64Array {
  const half = new Float64Array(SIDE * BLOCK)
  for (let i = 0; i < SIDE; i++) {
    for (let x = 0; x < BLOCK; x++) half[i * BLOCK + x] = dot(i, (y) => block[y * BLOCK + x] as number)
  }
  const coefficients = new Float64Array(SIDE * SIDE)
  for (let i = 0; i < SIDE; i++) {
    for (let j = 0; j < SIDE; j++) coefficients[i * SIDE + j] = dot(j, (x) => half[i * BLOCK + x] as number)
  }
  return coefficients
}

function dot(frequency: number, value: (at: number) => number): number {
  let sum = 0
  for (let at = 0; at < BLOCK; at++) sum += (COSINES[frequency * BLOCK + at] as number) * value(at)
  return sum
}

/** A turn of the picture transposes its coefficients or changes the sign of every other row or column of them. */
interface Turn {
  readonly transposed: boolean
  readonly downwards: boolean
  readonly sideways: boolean
}

const TURNS: readonly Turn[] = [
  { transposed: false, downwards: false, sideways: false },
  { transposed: true, downwards: true, sideways: false },
  { transposed: false, downwards: true, sideways: true },
  { transposed: true, downwards: false, sideways: true },
  { transposed: false, downwards: true, sideways: false },
  { transposed: false, downwards: false, sideways: true },
  { transposed: true, downwards: false, sideways: false },
  { transposed: true, downwards: true, sideways: true },
]

function turned(coefficients: Float64Array, { transposed, downwards, sideways }: Turn): Float64Array {
  return coefficients.map((_, k) => {
    const [i, j] = [Math.floor(k / SIDE), k % SIDE]
    const value = coefficients[transposed ? j * SIDE + i : k] as number
    return (downwards && i % 2 === 0) !== (sideways && j % 2 === 0) ? -value : value
  })
}

/** The last row first, each from its last column: the order in which the published programs print the hash. */
function bits(coefficients: Float64Array): string {
  const median = coefficients.toSorted()[(SIDE * SIDE) / 2 - 1] as number
  let hash = ''
  for (let row = SIDE - 1; row >= 0; row--) {
    let word = 0
    for (let j = 0; j < SIDE; j++) if ((coefficients[row * SIDE + j] as number) > median) word |= 1 << j
    hash += word.toString(16).padStart(SIDE / 4, '0')
  }
  return hash
}
