import type { Checkpoint } from '../../../core/progress'
import type { Kernel } from '../kernel'
import { type Base, makeBase, type Plane } from './base'

/** Levels of an octave at which extrema are sought. */
export const LEVELS = 3
/** Blur of the first level of every octave, in its own pixels. */
export const SIGMA = 1.6

const PLANES = LEVELS + 3
const ROWS_PER_BREATH = 128
const RADIUS_SIGMAS = 4 // what lies beyond is 1/2000 of the whole

/** One octave: planes of the same size, each blurred 2^(1/3) times as much as the one before. */
export interface Octave {
  readonly width: number
  readonly height: number
  readonly stride: number
  /** Address of the first plane, and bytes from one to the next. */
  readonly address: number
  readonly planeBytes: number
}

export interface ScaleSpace {
  readonly octaves: readonly Octave[]
  readonly base: Base
}

/** The Gaussian scale space of a picture, in the kernel's memory (Lowe 2004, section 3). */
export async function buildScaleSpace(
  kernel: Kernel,
  base: Base,
  smallestSide: number,
  checkpoint: Checkpoint,
): Promise<ScaleSpace> {
  const octaves = layOut(kernel, base, smallestSide)
  const mark = kernel.mark()
  const blurs = levelBlurs()
  const total = octaves.reduce((sum, { height }) => sum + height * (PLANES - 1), 0)
  let done = 0
  for (const [index, octave] of octaves.entries()) {
    if (index === 0) await startFirst(kernel, base, octave, checkpoint)
    else startFrom(kernel, octaves[index - 1], octave)
    for (let level = 1; level < PLANES; level++) {
      const step = (row: number) => checkpoint(done + row, total)
      await blurPlane(kernel, planeOf(octave, level - 1), planeOf(octave, level).address, blurs[level - 1], step)
      done += octave.height
    }
    kernel.release(mark)
  }
  return { octaves, base }
}

export function planeOf({ width, height, stride, address, planeBytes }: Octave, level: number): Plane {
  return { width, height, stride, address: address + level * planeBytes }
}

function layOut(kernel: Kernel, { width, height }: Base, smallestSide: number): Octave[] {
  const octaves: Octave[] = []
  for (let [w, h] = [width, height]; Math.min(w, h) >= smallestSide; w >>= 1, h >>= 1) {
    const stride = Math.ceil(w / 16) * 16
    const planeBytes = stride * h * 2
    octaves.push({ width: w, height: h, stride, planeBytes, address: kernel.allocate(planeBytes * PLANES) })
  }
  return octaves
}

/** What each level adds to the blur of the one before. */
function levelBlurs(): number[] {
  const total = (level: number) => SIGMA * 2 ** (level / LEVELS)
  return Array.from({ length: PLANES - 1 }, (_, i) => Math.sqrt(total(i + 1) ** 2 - total(i) ** 2))
}

async function startFirst(kernel: Kernel, base: Base, octave: Octave, checkpoint: Checkpoint): Promise<void> {
  const plane = planeOf(octave, 1) // not needed yet, and the blur goes from there to the first
  makeBase(kernel, base, plane)
  await blurPlane(kernel, plane, octave.address, Math.sqrt(SIGMA ** 2 - base.blur ** 2), () => checkpoint(0, 1))
}

function startFrom(kernel: Kernel, before: Octave, octave: Octave): void {
  const from = planeOf(before, LEVELS)
  for (let y = 0; y < octave.height; y++) {
    kernel.run.halveRow(from.address + 2 * y * from.stride * 2, octave.address + y * octave.stride * 2, octave.width)
  }
}

async function blurPlane(
  kernel: Kernel,
  { address, width, height, stride }: Plane,
  to: number,
  sigma: number,
  step: (row: number) => Promise<void>,
): Promise<void> {
  const mark = kernel.mark()
  const { radius, weights } = gaussian(sigma)
  const size = 2 * radius + 1
  const weightsAt = kernel.allocate(weights.byteLength)
  const scratch = kernel.allocate(size * stride * 2 + size * 4 + (stride + 2 * radius + 64) * 2)
  kernel.i16(weightsAt, weights.length).set(weights)
  for (let row = 0; row < height; row += ROWS_PER_BREATH) {
    const end = Math.min(row + ROWS_PER_BREATH, height)
    kernel.run.blur(address, to, width, height, stride, row, end, weightsAt, radius, scratch)
    await step(end)
  }
  kernel.release(mark)
}

/** Weights of one half in 1/32768, summing to exactly one over both; pairs repeated to fill vectors, as `blur` takes them. */
function gaussian(sigma: number): { radius: number; weights: Int16Array } {
  const radius = Math.ceil(RADIUS_SIGMAS * sigma) | 1
  const half = Array.from({ length: radius + 1 }, (_, k) => Math.exp((-k * k) / (2 * sigma * sigma)))
  const sum = half.reduce((all, w) => all + 2 * w, -half[0])
  const whole = half.map((w) => Math.round((w / sum) * 32768))
  whole[0] = 32768 - 2 * whole.slice(1).reduce((all, w) => all + w, 0)
  const weights = new Int16Array((radius + 1) * 4)
  for (let pair = 0; pair <= radius; pair += 2) {
    for (let lane = 0; lane < 8; lane++) weights[pair * 4 + lane] = whole[pair + (lane & 1)]
  }
  return { radius, weights }
}
