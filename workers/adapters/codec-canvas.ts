import { ToolError } from '../../core/errors'
import { readHeader } from '../../core/image-header'
import { brokenPicture, checkPixels, emptyFile, notPicture } from '../../core/picture-refusals'
import type { Codec, EncodedType, PixelLimits } from '../../core/ports'
import type { Raster, Size } from '../../core/raster'
import { isWhole } from './image-structure'
import { upright, webpOrientation } from './orientation'
import { pixelsOf } from './pixels'
import { straightPixelsOf } from './straight-pixels'

/** The browser's own codecs, and utif2 for TIFF. Runs in a worker. */
export const codecCanvas: Codec = { decode, encode, shrink }

async function decode(
  bytes: Uint8Array<ArrayBuffer>,
  limits: PixelLimits,
  colours: 'srgb' | 'stored' = 'srgb',
): Promise<Raster> {
  const format = admit(bytes, limits)
  try {
    if (format === 'tiff') return (await import('./tiff')).decodeTiff(bytes)
    const raster = await decodeBitmap(bytes, colours === 'stored' ? 'none' : 'default')
    return format === 'webp' ? upright(raster, webpOrientation(bytes)) : raster
  } catch (cause) {
    throw brokenPicture(cause)
  }
}

/** Refuses from the header and the structure alone what must not reach a decoder. */
function admit(bytes: Uint8Array<ArrayBuffer>, limits: PixelLimits) {
  if (bytes.length === 0) throw emptyFile()
  const header = readHeader(bytes)
  if (!header) throw notPicture()
  checkPixels(header, limits)
  if (!isWhole(header.format, bytes)) throw brokenPicture()
  return header.format
}

async function decodeBitmap(
  bytes: Uint8Array<ArrayBuffer>,
  colorSpaceConversion: ColorSpaceConversion,
): Promise<Raster> {
  const bitmap = await createImageBitmap(new Blob([bytes]), {
    imageOrientation: 'from-image',
    premultiplyAlpha: 'none',
    colorSpaceConversion,
  })
  return takePixels(bitmap)
}

async function takePixels(bitmap: ImageBitmap): Promise<Raster> {
  try {
    const raster = pixelsOf(bitmap)
    return isOpaque(raster) ? raster : ((await straightPixelsOf(bitmap)) ?? raster)
  } finally {
    bitmap.close()
  }
}

function isOpaque({ data }: Raster): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false
  return true
}

async function encode(raster: Raster, type: EncodedType, quality = 90): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(raster.width, raster.height)
  const context = contextOf(canvas)
  context.putImageData(new ImageData(raster.data, raster.width, raster.height), 0, 0)
  if (type === 'image/jpeg') layOnWhite(context)
  const blob = await canvas.convertToBlob({ type, quality: quality / 100 })
  // A browser that cannot write a format silently writes PNG.
  if (blob.type !== type) throw new ToolError('unavailable', `This browser cannot write ${type}`)
  return new Uint8Array(await blob.arrayBuffer())
}

async function shrink(raster: Raster, box: Size): Promise<Raster> {
  const scale = Math.min(1, box.width / raster.width, box.height / raster.height)
  if (scale === 1) return raster
  const size = { width: fit(raster.width * scale), height: fit(raster.height * scale) }
  const bitmap = await createImageBitmap(new ImageData(raster.data, raster.width, raster.height), {
    resizeWidth: size.width,
    resizeHeight: size.height,
    resizeQuality: 'high',
    premultiplyAlpha: 'none',
  })
  return takePixels(bitmap)
}

const fit = (side: number) => Math.max(1, Math.round(side))

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently: true })
  if (!context) throw new ToolError('unavailable', 'This browser has no 2D canvas in workers')
  return context
}

/** JPEG has no alpha, and left alone what is clear would turn black. */
function layOnWhite(context: OffscreenCanvasRenderingContext2D): void {
  context.globalCompositeOperation = 'destination-over'
  context.fillStyle = 'white'
  context.fillRect(0, 0, context.canvas.width, context.canvas.height)
}
