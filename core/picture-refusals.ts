import { ToolError } from './errors'
import type { PixelLimits } from './ports'
import type { Size } from './raster'

/** Why a file is refused as a picture, in the same words by every codec. */
export const emptyFile = () => new ToolError('unreadable', 'The file is empty; send a picture', { type: 'file_empty' })

export const notPicture = () =>
  new ToolError('unreadable', 'The file is not a picture; PNG, JPEG, WebP, GIF, BMP, TIFF and AVIF are read', {
    type: 'file_not_picture',
  })

export const brokenPicture = (cause?: unknown) =>
  new ToolError('unreadable', 'The file is broken or cut short; open it in a viewer and save it again', {
    type: 'file_broken',
    cause,
  })

/** @throws ToolError too-large when the picture has more pixels, or a longer side, than may be decoded */
export function checkPixels({ width, height }: Size, { pixels, side }: PixelLimits): void {
  const found = `The picture has ${width}×${height} pixels`
  if (Math.max(width, height) > side) {
    const message = `${found}; its longest side may have ${side} pixels`
    throw new ToolError('too-large', message, { type: 'picture_too_long', ctx: { width, height, most: side } })
  }
  if (width * height > pixels) {
    const message = `${found}; it may have ${pixels / 1e6} megapixels`
    throw new ToolError('too-large', message, { type: 'picture_too_large', ctx: { width, height, most: pixels / 1e6 } })
  }
}
