import type { Size } from '../../core/raster'

/** Where a picture lies in its frame: a picture pixel p is drawn at `p * scale + (x, y)`, in CSS pixels. */
export interface View {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

export const MIN_SCALE = 0.02
export const MAX_SCALE = 64

const MARGIN = 24 // of the frame, around a fitted picture
const IN_SIGHT = 48 // so much of the picture always stays in the frame

/** The whole picture, centred. A picture smaller than the frame is enlarged by a whole number, so pixels stay even. */
export function fit(picture: Size, frame: Size): View {
  const room = Math.min(1, frame.width / (4 * MARGIN), frame.height / (4 * MARGIN)) * MARGIN
  const ratio = Math.min((frame.width - 2 * room) / picture.width, (frame.height - 2 * room) / picture.height)
  return centred(ratio > 1 ? Math.min(8, Math.floor(ratio)) : Math.max(MIN_SCALE, ratio), picture, frame)
}

export function centred(scale: number, picture: Size, frame: Size): View {
  return {
    scale,
    x: Math.round((frame.width - picture.width * scale) / 2),
    y: Math.round((frame.height - picture.height * scale) / 2),
  }
}

/** Changes the scale while the picture pixel under `point` stays where it is. */
export function zoomAt({ scale, x, y }: View, factor: number, point: Point): View {
  const next = Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale * factor))
  const ratio = next / scale
  return { scale: next, x: point.x - (point.x - x) * ratio, y: point.y - (point.y - y) * ratio }
}

export const pan = ({ scale, x, y }: View, dx: number, dy: number): View => ({ scale, x: x + dx, y: y + dy })

/** Moves a picture that has been pushed out of its frame back until a strip of it can be seen and grabbed. */
export function keepInSight({ scale, x, y }: View, picture: Size, frame: Size): View {
  const strip = (extent: number) => Math.min(IN_SIGHT, extent * scale)
  const clamp = (at: number, extent: number, room: number) =>
    Math.min(room - strip(extent), Math.max(strip(extent) - extent * scale, at))
  return { scale, x: clamp(x, picture.width, frame.width), y: clamp(y, picture.height, frame.height) }
}

/** The view in which a rectangle of the picture lies in the middle, at the same scale. */
export function centreOn({ scale }: View, box: Point & { w: number; h: number }, frame: Size): View {
  return {
    scale,
    x: frame.width / 2 - (box.x + box.w / 2) * scale,
    y: frame.height / 2 - (box.y + box.h / 2) * scale,
  }
}

/** Whether a rectangle of the picture is wholly in the frame. */
export function sees({ scale, x, y }: View, box: Point & { w: number; h: number }, frame: Size): boolean {
  const [left, top] = [box.x * scale + x, box.y * scale + y]
  return left >= 0 && top >= 0 && left + box.w * scale <= frame.width && top + box.h * scale <= frame.height
}

/** The whole picture pixels between two points of the frame; undefined when that is no more than a slip of the hand. */
export function marked({ scale, x, y }: View, from: Point, to: Point, picture: Size): Marked | undefined {
  const pixel = (at: number, start: number, extent: number) =>
    Math.min(extent, Math.max(0, Math.round((at - start) / scale)))
  const [left, right] = [from.x, to.x].map((at) => pixel(at, x, picture.width)).sort((a, b) => a - b)
  const [top, bottom] = [from.y, to.y].map((at) => pixel(at, y, picture.height)).sort((a, b) => a - b)
  const [w, h] = [right - left, bottom - top]
  return w < MIN_MARK || h < MIN_MARK ? undefined : { x: left, y: top, w, h }
}

const MIN_MARK = 3

interface Marked extends Point {
  readonly w: number
  readonly h: number
}
