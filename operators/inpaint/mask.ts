import type { Box } from '../../core/crop'
import { resize } from '../../core/preprocess/resize'
import type { Raster, Size } from '../../core/raster'

/** One byte a pixel, row-major: 0 keeps, 255 replaces, and what lies between blends; `data.length === width * height`. */
export interface Mask extends Size {
  readonly data: Uint8Array<ArrayBuffer>
}

/** Less than this keeps: a mask that went through JPEG is not quite black where it was. Of 255. */
const LEAST = 8

/**
 * A picture as a mask: its luminance as it looks on black, so that what is clear keeps and what is white replaces.
 *
 * @param size of the picture that it is for; a mask of another size is stretched to it
 * @see ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B, as Pillow's `convert('L')` has it
 */
export async function readMask(picture: Raster, size: Size): Promise<Mask> {
  const { width, height, data } = picture
  const read = { width, height, data: new Uint8Array(width * height) }
  for (let i = 0; i < read.data.length; i++) read.data[i] = strength(data, i * 4)
  return resizeMask(read, size)
}

/** Whether a mask keeps nothing at all. */
export function keepsNothing({ data }: Raster): boolean {
  for (let i = 0; i < data.length; i += 4) if (strength(data, i) === 0) return false
  return true
}

function strength(data: Uint8ClampedArray, at: number): number {
  if ((data[at] | data[at + 1] | data[at + 2]) === 0) return 0 // nearly all of most masks
  const luma = 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2]
  const value = Math.round((luma * data[at + 3]) / 255)
  return value < LEAST ? 0 : value
}

/** By area when shrinking, bilinear when growing; the same mask where the size is the same. */
export async function resizeMask(mask: Mask, { width, height }: Size): Promise<Mask> {
  if (mask.width === width && mask.height === height) return mask
  const gray = new Uint8ClampedArray(mask.data.length * 4).fill(255)
  for (let i = 0; i < mask.data.length; i++) gray[i * 4] = mask.data[i]
  const resized = await resize({ ...mask, data: gray }, { width, height })
  const data = new Uint8Array(width * height)
  for (let i = 0; i < data.length; i++) data[i] = resized.data[i * 4]
  return { width, height, data }
}

export function cropMask(mask: Mask, { x, y, width, height }: Box): Mask {
  const data = new Uint8Array(width * height)
  for (let row = 0; row < height; row++) {
    const from = (y + row) * mask.width + x
    data.set(mask.data.subarray(from, from + width), row * width)
  }
  return { width, height, data }
}

/** All that is replaced at all, however faintly, as the hole of an engine: 0 is known, 255 is not. */
export const toHole = ({ width, height, data }: Mask): Mask => ({
  width,
  height,
  data: data.map((value) => (value === 0 ? 0 : 255)),
})
