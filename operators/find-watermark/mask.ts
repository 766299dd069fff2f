import type { Size } from '../../core/raster'
import type { Candidate } from './candidate'
import { dilate } from './planes'

/** @returns 255 on the ink of every candidate and `grow` pixels around it */
export function maskOf(size: Size, candidates: readonly Candidate[], grow: number): Uint8Array<ArrayBuffer> {
  const mask = new Uint8Array(size.width * size.height)
  for (const { box, ink } of candidates) {
    for (let i = 0; i < ink.length; i++) {
      const column = i % box.width
      if (ink[i]) mask[(box.y + (i - column) / box.width) * size.width + box.x + column] = 255
    }
  }
  return dilate(mask, size, grow)
}

/** The rectangle around the ink, in pixels of the picture. */
export function inkBounds({ box, ink }: Pick<Candidate, 'box' | 'ink'>) {
  let [left, top, right, bottom] = [box.width, box.height, -1, -1]
  for (let i = 0; i < ink.length; i++) {
    if (!ink[i]) continue
    const x = i % box.width
    const y = (i - x) / box.width
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { x: box.x + left, y: box.y + top, w: right - left + 1, h: bottom - top + 1 }
}
