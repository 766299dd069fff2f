import { heatmap } from '../../core/draw-heatmap'
import type { Codec } from '../../core/ports'
import type { Raster } from '../../core/raster'
import { alignQuery } from '../match-feature/align'
import { multiply } from '../match-feature/homography/homography'
import { type Alignment, mirror, scaling } from './alignment'
import { difference } from './difference'
import { geometryOf } from './geometry'
import type { Found } from './verdict'

const LONGEST_SIDE = 768 // of what is compared, and shown

export interface Overlap {
  readonly found: Found
  /** The picture as it lies on the other one, transparent where it does not. */
  readonly aligned: Raster
  /** How much they differ at each place, as colours. */
  readonly differs: Raster
}

/** Lays the picture on the other one and compares them where they overlap. */
export async function overlapOf(picture: Raster, other: Raster, lies: Alignment, codec: Codec): Promise<Overlap> {
  const { homography, mirrored } = lies
  const geometry = geometryOf(homography, picture, other)
  const onto = await codec.shrink(other, { width: LONGEST_SIDE, height: LONGEST_SIDE })
  const shown = onto.width / other.width
  const fine = await shrunk(picture, Math.min(1, geometry.scale * shown), codec)
  const toOnto = multiply(multiply(scaling(shown), homography), scaling(picture.width / fine.width))
  const aligned = alignQuery(mirrored ? mirror(fine) : fine, onto, toOnto)
  const found = { ...geometry, ...difference(aligned, onto), mirrored }
  return { found, aligned, differs: drawn(aligned, onto, found.color) }
}

/** Sampling a picture far larger than it is shown would leave out most of its pixels. */
const shrunk = (picture: Raster, scale: number, codec: Codec): Promise<Raster> =>
  codec.shrink(picture, { width: Math.ceil(picture.width * scale), height: Math.ceil(picture.height * scale) })

const STRONGEST = 96 // gray levels drawn brightest

function drawn(aligned: Raster, onto: Raster, color: Found['color']): Raster {
  const values = new Float32Array(onto.width * onto.height)
  for (let i = 0; i < values.length; i++) {
    if (aligned.data[i * 4 + 3] === 0) continue
    let sum = 0
    for (let channel = 0; channel < 3; channel++) {
      const { gain, offset } = color[channel]
      sum += Math.abs(gain * aligned.data[i * 4 + channel] + offset - onto.data[i * 4 + channel])
    }
    values[i] = sum / 3 / STRONGEST
  }
  return heatmap(values, onto)
}
