import type { Checkpoint } from '../../core/progress'
import type { Layout } from '../../core/wasm'
import { type Job, type Offsets, type PlacedPlanes, VALUES_FIELDS, VALUES_FLOATS } from './kernel'
import type { Method } from './spec'
import type { ChannelStatistics } from './statistics'

/** Where the sums per column lie. */
export interface PlacedSums {
  readonly fields: number
  readonly sums: number
  readonly sumsBytes: number
  readonly squares: number
}

/** A part of the map. */
export interface Part {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const MARGIN_BYTES = 64 // kernels read whole vectors, also before and after

export function reserveSums(layout: Layout, image: PlacedPlanes): PlacedSums {
  const fields = layout.reserve(VALUES_FLOATS.length * 8 + VALUES_FIELDS.length * 4)
  const sumsBytes = Math.ceil((image.width * 4 + 2 * MARGIN_BYTES) / 64) * 64
  const sums = layout.reserve(sumsBytes * (image.channels + 1)) + MARGIN_BYTES
  return { fields, sums, sumsBytes, squares: sums + sumsBytes * image.channels }
}

/**
 * Turns a part of the map from correlations into the method's values, in place.
 *
 * @param weakAt for a row of the map, where the kernel marks weak windows: one byte for each four places
 */
export async function finishPart(
  { kernel: { exports, memory }, image, template, map }: Job,
  placed: PlacedSums,
  { left, top, width, height }: Part,
  weakAt: (y: number) => number,
  checkpoint: Checkpoint,
): Promise<void> {
  const columns = width + template.width - 1
  const channels = Array.from({ length: image.channels }, (_, c) => ({
    row: image.at + c * image.planeBytes + top * image.width + left,
    sums: placed.sums + c * placed.sumsBytes,
  }))
  const from = placed.sums - MARGIN_BYTES
  new Uint8Array(memory.buffer, from, placed.sumsBytes * (image.channels + 1)).fill(0)
  for (const { row, sums } of channels) {
    for (let y = 0; y < template.height; y++) exports.addRow(row + y * image.width, sums, placed.squares, columns)
  }
  for (let y = 0; y < height; y++) {
    if (y % ROWS_PER_CHECK === 0) await checkpoint(y, height)
    for (const { row, sums } of y > 0 ? channels : []) {
      const leaving = row + (y - 1) * image.width
      exports.slideRow(leaving, leaving + template.height * image.width, sums, placed.squares, columns)
    }
    exports.valuesRow(placed.fields, map.at + ((top + y) * map.width + left) * 4, width, weakAt(top + y))
  }
}

const ROWS_PER_CHECK = 64

const KINDS: Readonly<Record<Method, number>> = {
  TM_CCORR: 0,
  TM_CCOEFF: 0,
  TM_CCORR_NORMED: 1,
  TM_CCOEFF_NORMED: 1,
  TM_SQDIFF: 2,
  TM_SQDIFF_NORMED: 3,
}

/**
 * Tells the kernel how to get from sums and a correlation to the method's value: assembly/values.ts has the formulas.
 *
 * @param noise largest error there may be in the correlations
 */
export function prepareValues(
  { kernel, image, template }: Job,
  placed: PlacedSums,
  method: Method,
  statistics: readonly ChannelStatistics[],
  offsets: Offsets,
  noise: number,
): void {
  const area = template.width * template.height
  const centered = method.startsWith('TM_CCOEFF')
  const cross = crossTerms(statistics, offsets, area, centered)
  const energy = statistics.reduce((sum, { squares, variation }) => sum + (centered ? variation : squares), 0)
  const floats: Record<(typeof VALUES_FLOATS)[number], number> = {
    slope0: cross.slopes[0],
    slope1: cross.slopes[1],
    slope2: cross.slopes[2],
    constant: cross.constant,
    patchSlope: centered ? 0 : 256,
    patchConstant: centered ? 0 : 128 * 128 * area * image.channels,
    patchSquares: centered ? 1 / area : 0,
    energy,
    weak: method.endsWith('_NORMED') ? (noise / MOST_ERROR) ** 2 / energy : 0,
  }
  const fields: Record<(typeof VALUES_FIELDS)[number], number> = {
    kind: KINDS[method],
    centered: Number(centered),
    channels: image.channels,
    sums: placed.sums,
    sumsBytes: placed.sumsBytes,
    squares: placed.squares,
    width: template.width,
  }
  const { buffer } = kernel.memory
  new Float64Array(buffer, placed.fields).set(VALUES_FLOATS.map((name) => floats[name]))
  new Int32Array(buffer, placed.fields + VALUES_FLOATS.length * 8).set(VALUES_FIELDS.map((name) => fields[name]))
}

const MOST_ERROR = 8e-6 // of a value, by rounding in the correlation alone; 1e-5 is what is promised

/**
 * With C = Σ (T - t)·(I - i) and S = Σ (I - 128), what is wanted is C + slope·S + constant, summed over channels: it is
 * Σ T·I, or Σ (T - mean)·I where the method is about the mean.
 */
function crossTerms(statistics: readonly ChannelStatistics[], offsets: Offsets, area: number, centered: boolean) {
  const slopes = [0, 0, 0]
  let constant = 0
  statistics.forEach(({ mean }, c) => {
    const [i, t] = [offsets.image[c], offsets.template[c]]
    const wanted = centered ? mean : 0
    slopes[c] = t - wanted
    constant += area * ((i - 128) * (mean - t) + 128 * (mean - wanted))
  })
  return { slopes, constant }
}
