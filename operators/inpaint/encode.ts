import { cleanExif } from '../../core/metadata/exif'
import { writeProfile } from '../../core/metadata/profile'
import type { Metadata } from '../../core/metadata/read'
import { writeMetadata } from '../../core/metadata/write'
import { cleanXmp } from '../../core/metadata/xmp'
import type { EncodedFile } from '../../core/operator'
import type { Codec } from '../../core/ports'
import type { Raster } from '../../core/raster'
import { blocksOf } from '../cover-plates/encode'
import type { METADATA } from '../cover-plates/spec'
import type { FORMATS } from './spec'

interface Chosen {
  readonly format: (typeof FORMATS)[number]
  readonly quality: number
  readonly keep_metadata: (typeof METADATA)[number]
}

interface Written {
  readonly file: EncodedFile
  /** Whether something that the file said beside its pixels was left out. */
  readonly isLess: boolean
}

/** What comes with the pixels. */
export interface Beside {
  readonly metadata: Metadata
  /** The ICC profile that their numbers belong to; sRGB without one. */
  readonly icc?: Uint8Array
}

/** Encodes the picture with its profile, and with what is to be kept of its metadata. */
export async function encodeErased(
  picture: Raster,
  { metadata, icc }: Beside,
  { format, quality, keep_metadata }: Chosen,
  codec: Codec,
): Promise<Written> {
  const type = `image/${format}` as const
  const encoded = await codec.encode(picture, type, quality)
  const bytes = icc ? writeProfile(encoded, type, icc) : encoded
  const kept = keep_metadata === 'none' ? {} : cleaned(metadata, keep_metadata === 'all')
  const [before, after] = [metadata, kept].map((blocks) => blocksOf({ ...blocks, profile: false }))
  return {
    file: { bytes: writeMetadata(bytes, type, kept), type },
    isLess: before.some((block) => !after.includes(block)),
  }
}

const cleaned = ({ exif, xmp }: Metadata, position: boolean) => ({
  exif: exif && cleanExif(exif, { position }),
  xmp: xmp === undefined ? undefined : cleanXmp(xmp, { position }),
})
