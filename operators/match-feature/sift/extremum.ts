import { LEVELS } from './scale-space'

/** An extremum of the differences of Gaussians, in coordinates of its octave. */
export interface Extremum {
  readonly octave: number
  /** Pixel and level of the octave, as one number. */
  readonly place: number
  /** The level of blur nearest to its scale, 1..3. */
  readonly level: number
  readonly x: number
  readonly y: number
  /** Whole levels and the rest, so that sigma is 1.6 × 2^(scale / 3). */
  readonly scale: number
  /** Contrast, 0..1. */
  readonly response: number
}

/** Extrema this near to the edge have no full neighbourhood. */
export const BORDER = 5

/** Planes count in parts of a gray level. */
export const GRAY_LEVEL = 128
/** Least contrast of a key point, of the full scale, divided by the levels: the threshold of OpenCV. */
export const CONTRAST = 0.04 / LEVELS
