import type { Checkpoint } from '../../core/progress'
import type { Layout } from '../../core/wasm'
import { type Job, type Offsets, TILE_FIELDS } from './kernel'
import { type Plan, type TilePair, twiddles } from './plan'

/** Where the tiles of a plan lie: there is room for one at a time. */
export interface PlacedTiles {
  readonly plan: Plan
  /** In 64-bit floats. */
  readonly precise: boolean
  readonly fields: number
  readonly rowTwiddles: number
  readonly columnTwiddles: number
  readonly scratch: number
  readonly blank: number
  readonly offsets: number
  readonly power: number
  readonly columns: number
  readonly spectrum: number
  readonly groupBytes: number
  readonly channelBytes: number
}

const POINT_BYTES = 32 // one complex number in each lane: assembly/fft.ts

const lanes = (precise: boolean) => (precise ? 2 : 4)

export function reserveTiles(layout: Layout, plan: Plan, channels: number, precise: boolean): PlacedTiles {
  const { row, column } = plan
  const twiddleBytes = precise ? 16 : 8
  const groupBytes = column.n * POINT_BYTES + 128 // no power of two, or groups would fight for one set of the cache
  const channelBytes = (row.n / lanes(precise)) * groupBytes
  return {
    plan,
    precise,
    fields: layout.reserve(TILE_FIELDS.length * 4),
    rowTwiddles: layout.reserve(row.n * twiddleBytes * 2),
    columnTwiddles: layout.reserve(column.n * twiddleBytes * 2),
    scratch: layout.reserve((row.n + 16) * POINT_BYTES),
    blank: layout.reserve(row.n + 16),
    offsets: layout.reserve(6 * 4),
    power: layout.reserve(8),
    columns: layout.reserve(channelBytes * channels),
    spectrum: layout.reserve(channelBytes * channels),
    groupBytes,
    channelBytes,
  }
}

/**
 * Gets ready for `correlatePair`: writes the tables, and transforms the template.
 *
 * @see Oppenheim and Schafer, "Discrete-Time Signal Processing", on the overlap-save method
 */
export async function prepareTiles(job: Job, placed: PlacedTiles, offsets: Offsets, checkpoint: Checkpoint) {
  writeTables(job, placed, offsets)
  const { channels, height } = job.template
  const steps = channels * (height / lanes(placed.precise) + groups(placed))
  await inSteps(templateSteps(job, placed), steps, checkpoint)
}

/**
 * Fills one pair of tiles of the map with Σ (T - offset)·(I - offset), summed over channels.
 *
 * @returns the root of the mean square of all values of the pair: rounding errors are in proportion to it
 */
export async function correlatePair(
  job: Job,
  placed: PlacedTiles,
  pair: TilePair,
  checkpoint: Checkpoint,
): Promise<number> {
  const { image, template, kernel } = job
  const rowsIn = pair.rowsA + template.height - 1
  const power = new Float64Array(kernel.memory.buffer, placed.power, 1).fill(0)
  setFields(job, placed, {
    left: pair.left,
    topA: pair.topA,
    topB: pair.topB,
    rowsIn,
    count: Math.min(placed.plan.row.n, image.width - pair.left),
    countOut: pair.width,
    rowsOutA: pair.rowsA,
    rowsOutB: pair.rowsB,
  })
  const steps = (rowsIn * image.channels + pair.rowsA) / lanes(placed.precise) + groups(placed)
  await inSteps(pairSteps(job, placed, pair), steps, checkpoint)
  return Math.sqrt(power[0])
}

function* templateSteps({ kernel, template }: Job, placed: PlacedTiles) {
  for (let channel = 0; channel < template.channels; channel++) {
    for (let y = 0; y < template.height; y += lanes(placed.precise)) {
      yield kernel.exports.templateRows(placed.fields, channel, y)
    }
    for (let group = 0; group < groups(placed); group++) {
      yield kernel.exports.templateColumns(placed.fields, channel, group)
    }
  }
}

function* pairSteps({ kernel, image, template }: Job, placed: PlacedTiles, { rowsA }: TilePair) {
  const { exports } = kernel
  const step = lanes(placed.precise)
  for (let channel = 0; channel < image.channels; channel++) {
    for (let y = 0; y < rowsA + template.height - 1; y += step) yield exports.rowsToColumns(placed.fields, channel, y)
  }
  for (let group = 0; group < groups(placed); group++) yield exports.correlateColumns(placed.fields, group)
  for (let y = 0; y < rowsA; y += step) yield exports.columnsToRows(placed.fields, y)
}

const STEPS_PER_CHECK = 64 // about a millisecond

async function inSteps(steps: Iterable<void>, total: number, checkpoint: Checkpoint): Promise<void> {
  let done = 0
  for (const _ of steps) {
    done++
    if (done % STEPS_PER_CHECK === 0) await checkpoint(Math.min(done, total), total)
  }
}

function writeTables(job: Job, placed: PlacedTiles, offsets: Offsets): void {
  const { image, template, map } = job
  const { row, column } = placed.plan
  const { buffer } = job.kernel.memory
  const rowEnd = writeTable(buffer, placed.rowTwiddles, twiddles(row), placed.precise)
  const columnEnd = writeTable(buffer, placed.columnTwiddles, twiddles(column), placed.precise)
  new Float32Array(buffer, placed.offsets).set(offsets.image)
  new Float32Array(buffer, placed.offsets + 12).set(offsets.template)
  new Uint8Array(buffer).fill(0, placed.blank, placed.blank + row.n + 16)
  setFields(job, placed, {
    precise: Number(placed.precise),
    rowLength: row.n,
    rowRadix: row.radix,
    rowTwiddles: placed.rowTwiddles,
    rowTwiddlesEnd: rowEnd,
    columnLength: column.n,
    columnRadix: column.radix,
    columnTwiddles: placed.columnTwiddles,
    columnTwiddlesEnd: columnEnd,
    scratch: placed.scratch,
    columns: placed.columns,
    spectrum: placed.spectrum,
    groupBytes: placed.groupBytes,
    channelBytes: placed.channelBytes,
    channels: image.channels,
    blank: placed.blank,
    power: placed.power,
    offsets: placed.offsets,
    plane: image.at,
    planeBytes: image.planeBytes,
    stride: image.width,
    templatePlane: template.at,
    templatePlaneBytes: template.planeBytes,
    templateWidth: template.width,
    templateHeight: template.height,
    bottom: image.height,
    map: map.at,
    mapStride: map.width * 4,
  })
}

const groups = ({ plan, precise }: PlacedTiles) => plan.row.n / lanes(precise)

/** @returns where the table ends */
function writeTable(buffer: ArrayBuffer, at: number, table: Float64Array, precise: boolean): number {
  const to = precise ? new Float64Array(buffer, at, table.length) : new Float32Array(buffer, at, table.length)
  to.set(table)
  return at + to.byteLength
}

type Fields = Partial<Record<(typeof TILE_FIELDS)[number], number>>

const INDEX: Readonly<Record<string, number>> = Object.fromEntries(TILE_FIELDS.map((name, index) => [name, index]))

function setFields({ kernel }: Job, { fields: at }: PlacedTiles, fields: Fields): void {
  const words = new Int32Array(kernel.memory.buffer, at, TILE_FIELDS.length)
  for (const [name, value] of Object.entries(fields)) words[INDEX[name]] = value
}
