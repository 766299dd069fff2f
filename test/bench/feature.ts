// SIFT and exact matching beside native OpenCV's with one thread, interleaved, on six pairs of pictures whose homography is
// known. Times are medians over the rounds; a ratio is the median of the ratios of each round, so that a busy machine
// slows both sides alike.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import type { Raster } from '../../core/raster'
import {
  type BitDescriptors,
  type KeyPoint,
  VECTOR_LENGTH,
  type VectorDescriptors,
} from '../../operators/match-feature/features'
import { type Homography, invert } from '../../operators/match-feature/homography/homography'
import { type Kernel, withKernel } from '../../operators/match-feature/kernel'
import { bruteForceBits, bruteForceVectors } from '../../operators/match-feature/matching/brute-force'
import { ratioTest } from '../../operators/match-feature/matching/ratio-test'
import { sift } from '../../operators/match-feature/sift/sift'
import { seeded } from '../support'
import { type Cv2, startCv2 } from './cv2'
import { CORRECT_PIXELS, matchError, repeatability } from './feature-score'

const PHOTOGRAPHS = resolve(import.meta.dirname, '../../../shared')
const ROUNDS = 5
const ALL = 1e6 // key points: no limit, as OpenCV's default
const RATIO = 0.75
const BRUTE_FORCE = 2000 // descriptors on each side

interface Pair {
  readonly name: string
  readonly files: readonly [string, string]
  readonly homography: Homography
}

/** One round of one side. */
interface Round {
  readonly points: readonly [readonly KeyPoint[], readonly KeyPoint[]]
  readonly matches: readonly { readonly query: number; readonly train: number }[]
  readonly siftMs: number
  readonly bruteForceMs: number
}

async function main(): Promise<void> {
  if (!existsSync(PHOTOGRAPHS))
    return console.log('The photographs for this benchmark (../shared) are not here: skipped.')
  const cv2 = startCv2('cv2-feature.py')
  if (!cv2) return console.log('python3-opencv is not installed, so there is nothing to compare with: skipped.')
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-feature-'))
  try {
    const { pairs } = await cv2.ask<{ pairs: Pair[] }>({ do: 'pairs', shared: PHOTOGRAPHS, folder })
    const rows: Row[] = []
    for (const pair of pairs) rows.push(await measure(pair, cv2))
    report(rows)
    for (const bytes of [32, 64]) await compareBits(bytes, cv2)
  } finally {
    cv2.stop()
    rmSync(folder, { recursive: true })
  }
}

type Row = Awaited<ReturnType<typeof measure>>

async function measure(pair: Pair, cv2: Cv2) {
  const pictures = await Promise.all(pair.files.map(readRaster))
  const ours: Round[] = []
  const theirs: Round[] = []
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await withKernel((kernel) => runOurs(kernel, pictures)))
    theirs.push(await runNative(pair, cv2))
  }
  const ratio = (time: 'siftMs' | 'bruteForceMs') => median(ours.map((round, i) => round[time] / theirs[i][time]))
  return {
    name: pair.name,
    ours: score(pair, pictures, ours),
    theirs: score(pair, pictures, theirs),
    siftRatio: ratio('siftMs'),
    bruteForceRatio: ratio('bruteForceMs'),
  }
}

function score({ name, homography }: Pair, [query, train]: readonly Raster[], rounds: readonly Round[]) {
  const back = invert(homography)
  if (!back) throw new Error(`${name}: the homography has no inverse`)
  const { points, matches } = rounds[0] // every round finds the same
  const isCorrect = (match: Round['matches'][number]) =>
    matchError(points[0][match.query], points[1][match.train], homography) < CORRECT_PIXELS
  return {
    points: points.map(({ length }) => length),
    ...repeatability(...points, homography, back, query, train),
    matches: matches.length,
    correct: matches.filter(isCorrect).length,
    siftMs: median(rounds.map(({ siftMs }) => siftMs)),
    bruteForceMs: median(rounds.map(({ bruteForceMs }) => bruteForceMs)),
  }
}

async function runOurs(kernel: Kernel, [queryPicture, trainPicture]: readonly Raster[]): Promise<Round> {
  const start = performance.now()
  const query = await sift(kernel, queryPicture, ALL, go)
  const train = await sift(kernel, trainPicture, ALL, go)
  const siftMs = performance.now() - start
  const [a, b] = [query, train].map(({ descriptors }) => descriptors as VectorDescriptors)
  const matches = ratioTest(await bruteForceVectors(kernel, a, b, go), RATIO, ALL)
  const [someA, someB] = [head(a), head(b)]
  const bruteStart = performance.now()
  await bruteForceVectors(kernel, someA, someB, go)
  const bruteForceMs = performance.now() - bruteStart
  return { points: [query.keyPoints, train.keyPoints], matches, siftMs, bruteForceMs }
}

async function runNative({ files: [query, train] }: Pair, cv2: Cv2): Promise<Round> {
  const detect = (file: string) => cv2.ask<{ seconds: number; points: string }>({ do: 'detect', file })
  const match = (limit: number) => cv2.ask<{ seconds: number; nearest: string }>({ do: 'match', query, train, limit })
  const [first, second] = [await detect(query), await detect(train)]
  const nearest = rowsOf((await match(ALL)).nearest, 4)
  return {
    points: [toKeyPoints(first.points), toKeyPoints(second.points)],
    matches: nearest
      .filter(([, , distance, next]) => distance < RATIO * next)
      .map(([query, train]) => ({ query, train })),
    siftMs: (first.seconds + second.seconds) * 1000,
    bruteForceMs: (await match(BRUTE_FORCE)).seconds * 1000,
  }
}

/** Bit strings as long as ORB's and BRISK's. */
async function compareBits(bytes: number, cv2: Cv2): Promise<void> {
  const random = seeded(7)
  const bits = (): BitDescriptors => ({
    kind: 'bits',
    bytes,
    data: Uint8Array.from({ length: BRUTE_FORCE * bytes }, () => random() * 256),
  })
  const [query, train] = [bits(), bits()]
  const ratios: number[] = []
  for (let round = 0; round < 3 * ROUNDS; round++) {
    const start = performance.now()
    await withKernel((kernel) => bruteForceBits(kernel, query, train, go))
    const ms = performance.now() - start
    const { seconds } = await cv2.ask<{ seconds: number }>({ do: 'hamming', count: BRUTE_FORCE, bytes })
    ratios.push(ms / seconds / 1000)
  }
  console.log(`Brute force on ${bytes} bytes by Hamming distance: ${median(ratios).toFixed(2)} × OpenCV's time`)
}

function report(rows: readonly Row[]): void {
  const both = (row: Row, value: (side: Row['ours']) => string | number) => `${value(row.ours)} | ${value(row.theirs)}`
  console.log('Ours | native OpenCV')
  console.table(
    Object.fromEntries(
      rows.map((row) => [
        row.name,
        {
          'key points': both(row, ({ points }) => points.join('+')),
          'repeatability %': both(row, ({ rate }) => (rate * 100).toFixed(1)),
          repeated: both(row, ({ repeated }) => repeated),
          'correct matches': both(row, ({ correct }) => correct),
          'of matches': both(row, ({ matches }) => matches),
          'SIFT ms': both(row, ({ siftMs }) => siftMs.toFixed(0)),
          ratio: row.siftRatio.toFixed(2),
          'brute force ms': both(row, ({ bruteForceMs }) => bruteForceMs.toFixed(1)),
          'its ratio': row.bruteForceRatio.toFixed(2),
        },
      ]),
    ),
  )
  const medianOf = (value: (row: Row) => number, digits: number) => median(rows.map(value)).toFixed(digits)
  console.log(
    `Medians: repeatability ${medianOf(({ ours }) => ours.rate * 100, 1)} | ${medianOf(({ theirs }) => theirs.rate * 100, 1)} %,`,
    `correct matches ${medianOf(({ ours }) => ours.correct, 0)} | ${medianOf(({ theirs }) => theirs.correct, 0)},`,
    `SIFT ${medianOf(({ siftRatio }) => siftRatio, 2)} × OpenCV's time,`,
    `brute force ${medianOf(({ bruteForceRatio }) => bruteForceRatio, 2)} ×`,
  )
}

const go = async () => {}

const head = ({ data }: VectorDescriptors): VectorDescriptors => ({
  kind: 'vectors',
  data: data.slice(0, BRUTE_FORCE * VECTOR_LENGTH),
})

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

const toKeyPoints = (packed: string): KeyPoint[] =>
  rowsOf(packed, 5).map(([x, y, size, angle, response]) => ({ x, y, size, angle, response }))

/** 64-bit floats in base64, so many a row. */
function rowsOf(packed: string, width: number): number[][] {
  const values = new Float64Array(Uint8Array.from(Buffer.from(packed, 'base64')).buffer)
  return Array.from({ length: values.length / width }, (_, i) => [...values.subarray(i * width, (i + 1) * width)])
}

async function readRaster(file: string): Promise<Raster> {
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
}

await main()
