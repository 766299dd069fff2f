import { type Checkpoint, portion } from '../../../core/progress'
import type { Raster } from '../../../core/raster'
import { type Features, type KeyPoint, VECTOR_LENGTH } from '../features'
import type { Kernel } from '../kernel'
import { type Base, planBase, toPicture } from './base'
import { findExtrema } from './extrema'
import { BORDER, type Extremum } from './extremum'
import { directions, sigmaOf } from './orientation'
import { buildScaleSpace, planeOf, type ScaleSpace } from './scale-space'

/** A key point with where it was found, which its descriptor is made from. */
interface Directed {
  readonly keyPoint: KeyPoint
  readonly extremum: Extremum
}

const KEY_POINTS_PER_BREATH = 64

/**
 * Scale-invariant features: key points that survive turning, scaling and changes of light, each with a descriptor.
 *
 * @param limit most extrema to use, the ones of highest contrast; each can give several key points
 * @see Lowe, "Distinctive image features from scale-invariant keypoints", IJCV 2004
 */
export async function sift(kernel: Kernel, raster: Raster, limit: number, checkpoint: Checkpoint): Promise<Features> {
  kernel.release()
  const base = planBase(raster)
  const space = await buildScaleSpace(kernel, base, 2 * BORDER + 1, portion(checkpoint, 0, 0.4))
  const extrema = strongest(await findExtrema(kernel, space, portion(checkpoint, 0.4, 0.6)), limit)
  const directed = direct(kernel, space, extrema)
  const data = await describeAll(kernel, space, directed, portion(checkpoint, 0.6, 1))
  kernel.release()
  return { keyPoints: directed.map(({ keyPoint }) => keyPoint), descriptors: { kind: 'vectors', data } }
}

function strongest(extrema: Extremum[], limit: number): Extremum[] {
  if (extrema.length <= limit) return extrema
  const order = extrema.map((_, i) => i).sort((a, b) => extrema[b].response - extrema[a].response || a - b)
  const chosen = order.slice(0, limit).sort((a, b) => a - b)
  return chosen.map((i) => extrema[i])
}

function direct(kernel: Kernel, { octaves, base }: ScaleSpace, extrema: readonly Extremum[]): Directed[] {
  const histogram = kernel.allocate(36 * 4)
  return extrema.flatMap((extremum) =>
    directions(kernel, octaves[extremum.octave], extremum, histogram).map((angle) => ({
      extremum,
      keyPoint: keyPointOf(base, extremum, angle),
    })),
  )
}

function keyPointOf(base: Base, extremum: Extremum, angle: number): KeyPoint {
  const step = 2 ** extremum.octave
  return {
    x: toPicture(base, extremum.x * step),
    y: toPicture(base, extremum.y * step),
    size: 2 * sigmaOf(extremum) * step * base.step,
    angle,
    response: extremum.response,
  }
}

async function describeAll(
  kernel: Kernel,
  { octaves }: ScaleSpace,
  directed: readonly Directed[],
  checkpoint: Checkpoint,
): Promise<Int16Array<ArrayBuffer>> {
  const out = kernel.allocate(directed.length * VECTOR_LENGTH * 2)
  for (const [i, { extremum, keyPoint }] of directed.entries()) {
    if (i % KEY_POINTS_PER_BREATH === 0) await checkpoint(i, directed.length)
    const { address, width, height, stride } = planeOf(octaves[extremum.octave], extremum.level)
    const { x, y } = extremum
    const angleRad = (keyPoint.angle * Math.PI) / 180
    const to = out + i * VECTOR_LENGTH * 2
    kernel.run.describe(address, width, height, stride, x, y, angleRad, sigmaOf(extremum), to)
  }
  return kernel.i16(out, directed.length * VECTOR_LENGTH).slice()
}
