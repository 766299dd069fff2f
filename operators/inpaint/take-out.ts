import type { Box } from '../../core/crop'
import type { Raster, Size } from '../../core/raster'
import { gradientsOf } from '../find-watermark/gradients'
import { CHANNELS, planesOf } from '../find-watermark/planes'
import { ANCHORS, commonPart, type SharedMark } from '../find-watermark/shared-mark'
import { sharedMask, unblend } from '../find-watermark/unblend'
import { boundsOf } from './holes'
import type { Mask } from './mask'

export interface TakenOut {
  /** The picture as it was below the mark, where something of it showed through. */
  readonly picture: Raster
  /** 255 where nothing did: to be filled. */
  readonly rest: Mask
  /** 1 on every pixel of the mark. */
  readonly touched: Uint8Array<ArrayBuffer>
}

const LESS_EDGE = 0.9 // of the edges on the mark: so much may be left when it is taken out, more say that it is not there
const SAME_COLOUR = 24 // levels between an opaque mark and the picture
const IS_EDGE = 0.04 // opacity, from one pixel to the next
const IS_OPAQUE = 0.9

/**
 * Takes a mark out of a picture by its opacity: scene = (picture − α · colour) / (1 − α).
 *
 * @param drawing the mark in its colours, its opacity as alpha; as large as the picture, or as a part of it that lies in a
 *   corner or in the middle
 * @returns undefined where the picture does not have this mark
 */
export function takeOut(image: Raster, drawing: Raster): TakenOut | undefined {
  if (drawing.width > image.width || drawing.height > image.height) return undefined
  const isWhole = drawing.width === image.width && drawing.height === image.height
  const marks = (isWhole ? ANCHORS.slice(0, 1) : ANCHORS).flatMap((anchor) => markFrom(drawing, anchor) ?? [])
  const [best] = marks.map((mark) => ({ mark, left: edgesLeft(image, mark) })).sort((a, b) => a.left - b.left)
  if (!best || best.left > LESS_EDGE) return undefined
  const { picture, rest } = unblend(image, best.mark)
  const touched = sharedMask(image, best.mark, 0)
  for (let i = 0; i < touched.length; i++) touched[i] = Number(touched[i] > 0 || rest[i] > 0)
  return { picture, rest: { width: image.width, height: image.height, data: rest }, touched }
}

function markFrom(drawing: Raster, anchor: SharedMark['anchor']): SharedMark | undefined {
  const { width, height, data } = drawing
  const seen = new Uint8Array(width * height)
  for (let i = 0; i < seen.length; i++) seen[i] = data[i * 4 + 3]
  const box = boundsOf({ width, height, data: seen }, { x: 0, y: 0, width, height })
  if (!box) return undefined
  const alpha = Float32Array.from({ length: box.width * box.height }, (_, i) => seen[indexIn(drawing, box, i)] / 255)
  return { size: { width, height }, anchor, box, alpha, color: planesOf(drawing, box), score: 1 }
}

const indexIn = ({ width }: Size, box: Box, i: number): number =>
  (box.y + Math.floor(i / box.width)) * width + box.x + (i % box.width)

/**
 * What is left of the edges along the mark's own when it is taken out, as a share of those that were there; of an opaque
 * mark, how unlike its colour the picture is. More than 1 where taking it out has drawn it in.
 */
function edgesLeft(image: Raster, mark: SharedMark): number {
  const part = commonPart(image, mark.size, mark.anchor)
  const { box, alpha } = mark
  const place = { ...box, x: part.x + box.x, y: part.y + box.y }
  const [before, after] = [image, unblend(image, mark).picture].map((picture) => planesOf(picture, place))
  const edges = gradientsOf(alpha, box)
  let [was, left] = [0, 0]
  for (const c of CHANNELS) {
    const [own, clean] = [gradientsOf(before[c], box), gradientsOf(after[c], box)]
    for (let i = 0; i < alpha.length; i++) {
      if (Math.hypot(edges.x[i], edges.y[i]) < IS_EDGE || alpha[i] >= IS_OPAQUE) continue
      was += Math.hypot(own.x[i], own.y[i])
      left += (1 - alpha[i]) * Math.hypot(clean.x[i], clean.y[i])
    }
  }
  const opaque = [...alpha.keys()].filter((i) => alpha[i] >= IS_OPAQUE)
  if (opaque.length > alpha.length / 20) return apart(before, mark, opaque) / SAME_COLOUR
  return was > 0 ? left / was : Number.POSITIVE_INFINITY
}

const apart = (picture: SharedMark['color'], { color }: SharedMark, at: readonly number[]): number =>
  CHANNELS.reduce<number>(
    (sum, c) => sum + at.reduce((part, i) => part + Math.abs(picture[c][i] - color[c][i]), 0),
    0,
  ) /
  (3 * at.length)
