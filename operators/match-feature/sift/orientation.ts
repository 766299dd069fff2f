import type { Kernel } from '../kernel'
import type { Extremum } from './extremum'
import { LEVELS, type Octave, planeOf, SIGMA } from './scale-space'

const BINS = 36
const PEAK_RATIO = 0.8 // a direction nearly as strong as the best makes a key point of its own
const WINDOW = 1.5 // sigmas of the key point

/** Sigma of an extremum, in pixels of its octave. */
export const sigmaOf = ({ scale }: Extremum): number => SIGMA * 2 ** (scale / LEVELS)

/**
 * Main directions of the gradients around an extremum, in degrees clockwise (Lowe 2004, section 5).
 *
 * @param histogram address of 36 f32
 */
export function directions(kernel: Kernel, octave: Octave, extremum: Extremum, histogram: number): number[] {
  const sigma = WINDOW * sigmaOf(extremum)
  const { address, width, height, stride } = planeOf(octave, extremum.level)
  const [x, y] = [Math.round(extremum.x), Math.round(extremum.y)]
  const radius = Math.round(3 * sigma)
  kernel.run.orientationHistogram(address, width, height, stride, x, y, radius, sigma, histogram)
  return peaks(smooth(kernel.f32(histogram, BINS)))
}

/** Binomial weights 1 4 6 4 1 around the circle. */
function smooth(bins: Float32Array): number[] {
  const at = (i: number) => bins[(i + BINS) % BINS]
  return Array.from(
    { length: BINS },
    (_, i) => (at(i - 2) + at(i + 2)) / 16 + (at(i - 1) + at(i + 1)) / 4 + (at(i) * 3) / 8,
  )
}

function peaks(bins: number[]): number[] {
  const least = PEAK_RATIO * Math.max(...bins)
  const found: number[] = []
  for (let i = 0; i < BINS; i++) {
    const [left, here, right] = [bins[(i + BINS - 1) % BINS], bins[i], bins[(i + 1) % BINS]]
    if (here <= left || here <= right || here < least) continue
    const offset = (left - right) / (2 * (left - 2 * here + right)) // top of the parabola through the three
    const counterclockwise = ((i + offset) * 360) / BINS
    found.push((360 - counterclockwise + 360) % 360)
  }
  return found
}
