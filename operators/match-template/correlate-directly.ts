import { type Checkpoint, portion } from '../../core/progress'
import type { Size } from '../../core/raster'
import type { Layout } from '../../core/wasm'
import type { Job, Matcher, Placed } from './kernel'
import { templateStatistics } from './statistics'
import { finishPart, prepareValues, reserveSums } from './values'

/** Where the pairs of rows and the taps lie. */
interface PlacedPairs {
  readonly pairs: number
  readonly pairBytes: number
  readonly channelBytes: number
  readonly taps: number
}

const MARGIN_BYTES = 64
const STRIP_ROWS = 32

// Measured: a transform costs as much as about this many products per place of the map.
const MOST_PRODUCTS = 100

export const isTiny = ({ width, height }: Size): boolean => width * height <= MOST_PRODUCTS

/** Matches by the definition, in whole numbers: quicker than by transforms for tiny templates, and exact. */
export function planDirectly(layout: Layout, placed: Placed): Matcher {
  const pairs = reservePairs(layout, placed)
  const sums = reserveSums(layout, placed.image)
  const weak = layout.reserve(placed.map.width) // asked for by the kernel, never set
  return async (job, method, checkpoint) => {
    const { width, height } = job.map
    const offsets = { image: MIDDLE, template: MIDDLE }
    prepareValues(job, sums, method, templateStatistics(job), offsets, 0)
    await correlateDirectly(job, pairs, portion(checkpoint, 0, 0.7))
    await finishPart(job, sums, { left: 0, top: 0, width, height }, () => weak, portion(checkpoint, 0.7, 1))
  }
}

const MIDDLE = [128, 128, 128]

function reservePairs(layout: Layout, { image, template }: Placed): PlacedPairs {
  const pairBytes = Math.ceil((image.width * 2 + MARGIN_BYTES) / 64) * 64
  const channelBytes = pairBytes * (STRIP_ROWS + template.height)
  return {
    pairs: layout.reserve(channelBytes * image.channels),
    pairBytes,
    channelBytes,
    taps: layout.reserve(template.width * (template.height + 1) * 2 * template.channels),
  }
}

/** Fills the map with Σ (T - 128)·(I - 128), summed over channels, exactly. */
async function correlateDirectly(job: Job, placed: PlacedPairs, checkpoint: Checkpoint): Promise<void> {
  writeTaps(job, placed.taps)
  for (let y = 0; y < job.map.height; y += STRIP_ROWS) {
    await checkpoint(y, job.map.height)
    const rows = Math.min(STRIP_ROWS, job.map.height - y)
    for (let channel = 0; channel < job.image.channels; channel++) pairStrip(job, placed, channel, y, rows)
    for (let row = 0; row < rows; row++) correlateRow(job, placed, y + row, row)
  }
}

function pairStrip({ kernel, image, template }: Job, placed: PlacedPairs, channel: number, y: number, rows: number) {
  const plane = image.at + channel * image.planeBytes
  const pairs = placed.pairs + channel * placed.channelBytes
  for (let row = 0; row < rows + template.height - 1; row++) {
    const upper = plane + (y + row) * image.width
    const lower = y + row + 1 < image.height ? upper + image.width : upper // below the last row the tap is 0
    kernel.exports.pairRows(upper, lower, pairs + row * placed.pairBytes, image.width)
  }
}

/** Row `y` of the map, which is row `row` of the strip. */
function correlateRow({ kernel, image, template, map }: Job, placed: PlacedPairs, y: number, row: number): void {
  const rows = Math.ceil(template.height / 2)
  const to = map.at + y * map.width * 4
  for (let channel = 0; channel < image.channels; channel++) {
    const pairs = placed.pairs + channel * placed.channelBytes + row * placed.pairBytes
    const taps = placed.taps + channel * template.width * rows * 4
    kernel.exports.correlateRow(to, map.width, pairs, placed.pairBytes, taps, template.width, rows, channel > 0)
  }
}

/** The template less 128, two rows at a time, as assembly/direct.ts reads it. */
function writeTaps({ kernel, template }: Job, at: number): void {
  const { width, height, channels, planeBytes } = template
  const { buffer } = kernel.memory
  const bytes = new Uint8Array(buffer)
  const words = new Int16Array(buffer)
  let to = at / 2
  for (let channel = 0; channel < channels; channel++) {
    const plane = template.at + channel * planeBytes
    for (let y = 0; y < height; y += 2) {
      for (let x = 0; x < width; x++) {
        words[to++] = bytes[plane + y * width + x] - 128
        words[to++] = y + 1 < height ? bytes[plane + (y + 1) * width + x] - 128 : 0
      }
    }
  }
}
