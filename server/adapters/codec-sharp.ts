import sharp, { type Sharp } from 'sharp'
import { ToolError } from '../../core/errors'
import { readHeader } from '../../core/image-header'
import { brokenPicture, checkPixels, emptyFile, notPicture } from '../../core/picture-refusals'
import type { Codec, EncodedType } from '../../core/ports'
import type { Raster, Size } from '../../core/raster'
import { mediaType } from '../storage/media-type'
import { bmpSize, decodeBmp } from './bmp'
import { withoutAlpha } from './rgb'

// libvips keeps finished operations to use again; a picture is decoded once here, so that would only hold memory.
sharp.cache(false)
// The pool has one process for each core already.
sharp.concurrency(1)

const WEBP_EFFORT = 0 // of 6; a third of the time of the usual 4, for as much likeness in files 2 to 8 % longer
const PNG_LEVEL = 4 // of 9; half the time of the usual 6, for files a few per cent longer

export const codecSharp: Codec = {
  async decode(bytes, limits, colours = 'srgb') {
    const type = typeOf(bytes)
    if (type === 'image/bmp') {
      checkPixels(bmpSize(bytes), limits)
      return decodeBmp(bytes)
    }
    try {
      checkPixels(quickSize(bytes) ?? (await headerSize(bytes)), limits)
      // What the header was read as need not be what the decoder finds: it counts again.
      return await toRaster(open(bytes, limits.pixels, colours === 'stored'))
    } catch (error) {
      if (error instanceof ToolError) throw error
      throw brokenPicture(error)
    }
  },

  async encode(raster, type, quality = 90) {
    const encoded = await encoder(fromRaster(raster), type, quality).toBuffer()
    return own(encoded)
  },

  async shrink(raster, { width, height }) {
    if (raster.width <= width && raster.height <= height) return raster
    return toRaster(fromRaster(raster).resize(width, height, { fit: 'inside' }))
  },
}

/** Only these are handed to the decoder; it would also take SVG, which can name other files. */
function typeOf(bytes: Uint8Array) {
  if (bytes.length === 0) throw emptyFile()
  const type = mediaType(bytes)
  if (type) return type
  throw notPicture()
}

/** `failOn: 'error'` refuses files that are cut short, and reads those with harmless flaws. */
const open = (bytes: Uint8Array, limitInputPixels: number | false = false, ignoreIcc = false): Sharp =>
  sharp(bytes, { failOn: 'error', limitInputPixels, autoOrient: true, ignoreIcc })

/** Of what is sent most, without a round through the decoder's threads, which takes as long as a small picture. */
function quickSize(bytes: Uint8Array<ArrayBuffer>): Size | undefined {
  const header = readHeader(bytes)
  return header?.format === 'jpeg' || header?.format === 'png' ? header : undefined
}

/** Pixels of a picture, by its header; 0 for a file that is none. */
export async function pixelsOf(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  try {
    const { width, height } = mediaType(bytes) === 'image/bmp' ? bmpSize(bytes) : await headerSize(bytes)
    return width * height
  } catch {
    return 0 // decoding it will say what is wrong
  }
}

async function headerSize(bytes: Uint8Array): Promise<Size> {
  const { width, height } = await open(bytes).metadata()
  return { width, height }
}

async function toRaster(image: Sharp): Promise<Raster> {
  const { data, info } = await image
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const { buffer, byteOffset, byteLength } = own(data)
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(buffer, byteOffset, byteLength) }
}

/** Without alpha where all is opaque: a third less to compress, and the same picture. */
function fromRaster({ data, width, height }: Raster): Sharp {
  const rgb = withoutAlpha(data)
  const raw = { width, height, channels: rgb ? 3 : 4 } as const
  return sharp(rgb ?? data, { raw, limitInputPixels: false })
}

function encoder(image: Sharp, type: EncodedType, quality: number): Sharp {
  switch (type) {
    case 'image/png':
      return image.png({ compressionLevel: PNG_LEVEL })
    case 'image/jpeg':
      return image.flatten({ background: 'white' }).jpeg({ quality })
    case 'image/webp':
      return image.webp({ quality, effort: WEBP_EFFORT })
  }
}

/** A Buffer as the plain bytes it is; sharp's never lie on shared memory. */
const own = (buffer: Buffer) => new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.byteLength)
