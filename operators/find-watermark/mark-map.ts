import type { ModelRunner } from '../../core/ports'
import { resize } from '../../core/preprocess/resize'
import { toTensor } from '../../core/preprocess/to-tensor'
import type { Raster, Size } from '../../core/raster'
import { darkroomMarks } from '../../models/entries/marks'
import type { Preprocess } from '../../models/model'
import { mirrored } from '../inpaint/engines/mirror'
import type { Plane } from './planes'

export const MARK_MODEL = darkroomMarks.id

/** How surely each pixel belongs to a mark. */
export interface MarkMap extends Size {
  /** height × width, 0..1. */
  readonly shares: Plane
  /** Pixels of the map for each pixel of the picture. */
  readonly scale: number
}

const MOST_SIDE = 640 // pixels: strokes are a few pixels wide then, as in the photos that it was trained on
const STRIDE = 16

/** @throws ToolError model-unavailable when the model is not installed here */
export async function markMap(image: Raster, models: ModelRunner): Promise<MarkMap> {
  const scale = Math.min(MOST_SIDE / Math.max(image.width, image.height), 1)
  const size = { width: Math.round(image.width * scale), height: Math.round(image.height * scale) }
  const seen = scale < 1 ? await resize(image, size) : image
  const input = { width: toStride(size.width), height: toStride(size.height) }
  const { tensor } = await toTensor(mirrored(seen, input), darkroomMarks.preprocess as Preprocess, input)
  const { marked } = await models.run(MARK_MODEL, { image: tensor })
  const shares = new Float32Array(size.width * size.height)
  for (let y = 0; y < size.height; y++) {
    const row = (marked.data as Float32Array).subarray(y * input.width, y * input.width + size.width)
    shares.set(row, y * size.width)
  }
  return { ...size, shares, scale }
}

const toStride = (length: number): number => Math.ceil(length / STRIDE) * STRIDE
