import type { ModelRunner } from '../../core/ports'
import { resize } from '../../core/preprocess/resize'
import { type Mapping, toTensor } from '../../core/preprocess/to-tensor'
import type { Raster, Size } from '../../core/raster'
import { ppOcrDetection } from '../../models/entries/text'
import type { Preprocess } from '../../models/model'
import { type Component, components } from './components'
import { boundsOf, distanceTo, expanded, minAreaRect, type Point, type RotatedRect } from './rotated-rect'

export const TEXT_MODEL = ppOcrDetection.id

export interface TextLine {
  readonly rect: RotatedRect
  /** Mean probability of text in it, 0..1. */
  readonly score: number
}

const IS_TEXT = 0.3 // of a pixel; the network is trained to shrink lines, which is what keeps them apart
const LEAST_SCORE = 0.5 // PaddleOCR's is 0.6; what is no text at all is sorted out later
const UNCLIP = 1.5 // area × this ÷ perimeter: by how much the network shrank the line
const LEAST_SIDE = 3 // of the map, pixels

/** Longer side of what the network sees. Small pictures are enlarged, at most twice: small letters are found then. */
const MOST_SIDE = 1280
const WANTED_SIDE = 960
const MOST_ENLARGED = 2

/**
 * Lines of text, in any direction, in pixels of the picture. The probability map becomes lines as in differentiable
 * binarization: what is above the threshold and hangs together, its least rectangle, grown by what training shrank it.
 *
 * @throws ToolError model-unavailable when the model is not installed here
 * @see Liao et al., "Real-time scene text detection with differentiable binarization", AAAI 2020
 */
export async function detectText(image: Raster, models: ModelRunner): Promise<TextLine[]> {
  const seen = await enlarged(image)
  const preprocess = ppOcrDetection.preprocess as Preprocess
  const { tensor, ...mapping } = await toTensor(seen, preprocess, { width: MOST_SIDE, height: MOST_SIDE })
  const output = (await models.run(TEXT_MODEL, { x: tensor }))['sigmoid_0.tmp_0']
  const [, , height, width] = output.dims
  const scale = image.width / seen.width
  return linesOf(output.data as Float32Array, { width, height }).map((line) => toPicture(line, mapping, scale))
}

async function enlarged(image: Raster): Promise<Raster> {
  const times = Math.min(WANTED_SIDE / Math.max(image.width, image.height), MOST_ENLARGED)
  if (times <= 1) return image
  return resize(image, { width: Math.round(image.width * times), height: Math.round(image.height * times) })
}

/** @param map height × width, 0..1 */
function linesOf(map: Float32Array, size: Size): TextLine[] {
  const isText = Uint8Array.from(map, (probability) => Number(probability > IS_TEXT))
  return components(isText, size, LEAST_SIDE * LEAST_SIDE).flatMap((component) => {
    const rect = minAreaRect(outline(component, size.width))
    const score = meanIn(map, size, rect)
    if (rect.h < LEAST_SIDE || score < LEAST_SCORE) return []
    return [{ rect: expanded(rect, (rect.w * rect.h * UNCLIP) / (2 * (rect.w + rect.h))), score }]
  })
}

/** The outer corners of the first and last pixel of each row: enough for the hull. */
function outline(component: Component, width: number): Point[] {
  const rows = new Map<number, [number, number]>()
  for (const at of component) {
    const x = at % width
    const y = (at - x) / width
    const [left, right] = rows.get(y) ?? [x, x]
    rows.set(y, [Math.min(left, x), Math.max(right, x)])
  }
  return [...rows].flatMap(([y, [left, right]]): Point[] => [
    [left, y],
    [right + 1, y],
    [left, y + 1],
    [right + 1, y + 1],
  ])
}

function meanIn(map: Float32Array, { width, height }: Size, rect: RotatedRect): number {
  const { x, y, w, h } = boundsOf(rect)
  let [sum, count] = [0, 0]
  for (let row = Math.max(Math.floor(y), 0); row < Math.min(y + h, height); row++) {
    for (let column = Math.max(Math.floor(x), 0); column < Math.min(x + w, width); column++) {
      if (distanceTo(rect, column + 0.5, row + 0.5) > 0) continue
      sum += map[row * width + column]
      count++
    }
  }
  return count > 0 ? sum / count : 0
}

function toPicture({ rect, score }: TextLine, { toSource, scale }: Mapping, times: number): TextLine {
  const [x, y] = toSource(rect.x, rect.y)
  const size = times / scale
  return { rect: { ...rect, x: x * times, y: y * times, w: rect.w * size, h: rect.h * size }, score }
}
