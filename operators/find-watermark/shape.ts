import type { Box } from '../../core/crop'
import type { Size } from '../../core/raster'

/** Pixels of the picture that may be a logo's. */
export interface Shape {
  readonly box: Box
  /** One value for each pixel of `box`, 1 on the shape. */
  readonly ink: Uint8Array<ArrayBuffer>
}

/** The shape in a box with room around it, cut off at the picture's edge. */
export function placed({ box, ink }: Shape, room: number, { width, height }: Size): Shape {
  const [x, y] = [Math.max(box.x - room, 0), Math.max(box.y - room, 0)]
  const wide = {
    ...{ x, y },
    width: Math.min(box.x + box.width + room, width) - x,
    height: Math.min(box.y + box.height + room, height) - y,
  }
  const out = new Uint8Array(wide.width * wide.height)
  for (let row = 0; row < box.height; row++) {
    const from = row * box.width
    out.set(ink.subarray(from, from + box.width), (row + box.y - y) * wide.width + box.x - x)
  }
  return { box: wide, ink: out }
}
