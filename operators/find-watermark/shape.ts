import type { Box } from '../../core/crop'
import type { Size } from '../../core/raster'
import { clamp } from './clamp'

/** Pixels of a picture that may be a mark's. */
export interface Shape {
  readonly box: Box
  /** One value for each pixel of `box`, 1 on the shape. */
  readonly ink: Uint8Array<ArrayBuffer>
}

/** The least box around all pixels, which are places in a picture of that width: y · width + x. */
export function boundsOf(groups: readonly Int32Array[], width: number): Box {
  let [left, top, right, bottom] = [width, Number.POSITIVE_INFINITY, 0, 0]
  for (const pixels of groups) {
    for (const at of pixels) {
      const x = at % width
      const y = (at - x) / width
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
    }
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** What such pixels look like in their box. */
export function shapeOf(groups: readonly Int32Array[], width: number): Shape {
  const box = boundsOf(groups, width)
  const ink = new Uint8Array(box.width * box.height)
  for (const pixels of groups) {
    for (const at of pixels) {
      const column = at % width
      ink[((at - column) / width - box.y) * box.width + column - box.x] = 1
    }
  }
  return { box, ink }
}

/**
 * The shape as it lies in a larger picture of the same.
 *
 * @param within where in a pixel its value is looked up, 0 its left top, 0.5 its middle
 */
export function enlarged(
  { box, ink }: Readonly<{ box: Box; ink: Uint8Array }>,
  from: Size,
  to: Size,
  within: number,
): Shape {
  const [across, down] = [to.width / from.width, to.height / from.height]
  const [x, y] = [Math.floor(box.x * across), Math.floor(box.y * down)]
  const width = Math.min(Math.ceil((box.x + box.width) * across), to.width) - x
  const height = Math.min(Math.ceil((box.y + box.height) * down), to.height) - y
  const large = new Uint8Array(width * height)
  for (let i = 0; i < large.length; i++) {
    const column = clamp(Math.floor(((i % width) + x + within) / across) - box.x, 0, box.width - 1)
    const row = clamp(Math.floor((Math.floor(i / width) + y + within) / down) - box.y, 0, box.height - 1)
    large[i] = ink[row * box.width + column]
  }
  return { box: { x, y, width, height }, ink: large }
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
