import type { Raster } from '../../core/raster'
import type { WatermarkBox } from './find'
import { inkBounds } from './mask'
import { CHANNELS, dilate } from './planes'
import { commonPart, type SharedMark } from './shared-mark'

export interface Unblended {
  /** The picture with the mark taken out where something of the scene shows through it. */
  readonly picture: Raster
  /** height × width: 255 where nothing does, or where too little is left of it; to be filled. */
  readonly rest: Uint8Array<ArrayBuffer>
}

const OPAQUE = 0.9 // from here rounding alone leaves five levels of doubt, and compression fifty
const IMPLAUSIBLE = 24 // levels beyond black or white: the estimate is wrong there
const AROUND_OPAQUE = 2 // pixels: edges that compression smeared

/** Takes a mark out of a picture: scene = (picture − alpha · color) / (1 − alpha). The picture's alpha stays. */
export function unblend(image: Raster, { size, anchor, box, alpha, color }: SharedMark): Unblended {
  const part = commonPart(image, size, anchor)
  const data = image.data.slice()
  const opaque = new Uint8Array(image.width * image.height)
  for (let i = 0; i < alpha.length; i++) {
    if (alpha[i] === 0) continue
    const column = i % box.width
    const at = (part.y + box.y + (i - column) / box.width) * image.width + part.x + box.x + column
    for (const c of CHANNELS) {
      const value = alpha[i] < OPAQUE ? (data[at * 4 + c] - alpha[i] * color[c][i]) / (1 - alpha[i]) : data[at * 4 + c]
      if (alpha[i] >= OPAQUE || value < -IMPLAUSIBLE || value > 255 + IMPLAUSIBLE) opaque[at] = 255
      data[at * 4 + c] = value
    }
  }
  return { picture: { ...image, data }, rest: dilate(opaque, image, AROUND_OPAQUE) }
}

/** Where the mark lies on a picture. @returns height × width: 255 on the mark and `grow` pixels around it */
export function sharedMask(
  image: Raster,
  { size, anchor, box, alpha }: SharedMark,
  grow: number,
): Uint8Array<ArrayBuffer> {
  const part = commonPart(image, size, anchor)
  const mask = new Uint8Array(image.width * image.height)
  for (let i = 0; i < alpha.length; i++) {
    const column = i % box.width
    const at = (part.y + box.y + (i - column) / box.width) * image.width + part.x + box.x + column
    if (alpha[i] > 0) mask[at] = 255
  }
  return dilate(mask, image, grow)
}

/** The rectangle of the mark on a picture. */
export function sharedBox(image: Raster, { size, anchor, box, alpha, score }: SharedMark): WatermarkBox {
  const part = commonPart(image, size, anchor)
  const ink = Uint8Array.from(alpha, (value) => Number(value > 0))
  const placed = { ...box, x: part.x + box.x, y: part.y + box.y }
  return { ...inkBounds({ box: placed, ink }), kind: 'shared', score }
}
