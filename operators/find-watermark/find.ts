import type { RunContext } from '../../core/operator'
import type { Raster } from '../../core/raster'
import { detectText, TEXT_MODEL } from './detect-text'
import { boundsOf, distanceTo, type RotatedRect } from './rotated-rect'

/** What gave a mark away: letters, a repetition over the picture, a compact shape, or being in several pictures. */
export const KINDS = ['text', 'pattern', 'logo', 'shared'] as const

/** Where a mark is, upright, in pixels of the picture. */
export interface WatermarkBox {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  readonly kind: (typeof KINDS)[number]
  /** How sure it is a mark, 0..1. */
  readonly score: number
}

export interface FoundWatermark {
  /** height × width: 255 where the mark is, with 2 pixels around it, 0 elsewhere. */
  readonly mask: Uint8Array<ArrayBuffer>
  /** Surest first. */
  readonly boxes: readonly WatermarkBox[]
  /** False with an empty mask: nothing that is surely no part of the scene. */
  readonly found: boolean
}

export interface FindOptions {
  /** `overlays` leaves out text that belongs to the scene; `all_text` takes signs, labels and captions as well. */
  readonly include?: 'overlays' | 'all_text'
}

export type FindContext = Pick<RunContext, 'models' | 'checkpoint'>

/**
 * Looks for a visible watermark in one picture. Where the model for text is not installed, text is not looked for.
 *
 * @param image RGBA; alpha is not looked at
 */
export async function findWatermark(
  image: Raster,
  context: FindContext,
  _options: FindOptions = {},
): Promise<FoundWatermark> {
  const lines = (await context.models.has(TEXT_MODEL)) ? await detectText(image, context.models) : []
  const mask = new Uint8Array(image.width * image.height)
  for (const { rect } of lines) fill(mask, image, rect)
  const boxes = lines.map(({ rect, score }) => ({ ...boundsOf(rect), kind: 'text' as const, score }))
  return { mask, boxes, found: boxes.length > 0 }
}

function fill(mask: Uint8Array, { width, height }: Raster, rect: RotatedRect): void {
  const { x, y, w, h } = boundsOf(rect)
  for (let row = Math.max(Math.floor(y), 0); row < Math.min(y + h, height); row++) {
    for (let column = Math.max(Math.floor(x), 0); column < Math.min(x + w, width); column++) {
      if (distanceTo(rect, column + 0.5, row + 0.5) <= 0) mask[row * width + column] = 255
    }
  }
}
