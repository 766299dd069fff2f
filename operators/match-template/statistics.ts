import type { Job, PlacedPlanes } from './kernel'

/** Of one channel of the template. */
export interface ChannelStatistics {
  readonly mean: number
  /** Σ T² */
  readonly squares: number
  /** Σ (T - mean)² */
  readonly variation: number
}

export function templateStatistics({ kernel, template }: Job): ChannelStatistics[] {
  return Array.from({ length: template.channels }, (_, c) => {
    const plane = planeOf(kernel, template, c)
    let [sum, squares] = [0, 0]
    for (const value of plane) {
      sum += value
      squares += value * value
    }
    return { mean: sum / plane.length, squares, variation: squares - (sum * sum) / plane.length }
  })
}

const SAMPLES = 4096

/**
 * The middle pixel value of each channel of the image, from a sample. Taken off before the transform: rounding errors
 * grow with what is left, and on a flat background nothing is.
 */
export function middleValues({ kernel, image }: Job): number[] {
  return Array.from({ length: image.channels }, (_, c) => {
    const plane = planeOf(kernel, image, c)
    const every = Math.max(1, Math.floor(plane.length / SAMPLES))
    const samples = Uint8Array.from({ length: Math.floor(plane.length / every) }, (_, i) => plane[i * every]).sort()
    return samples[samples.length >> 1]
  })
}

function planeOf(
  { memory }: Job['kernel'],
  { at, planeBytes, width, height }: PlacedPlanes,
  channel: number,
): Uint8Array {
  return new Uint8Array(memory.buffer, at + channel * planeBytes, width * height)
}
