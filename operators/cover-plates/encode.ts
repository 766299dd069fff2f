import { cleanExif, hasPosition } from '../../core/metadata/exif'
import type { Metadata } from '../../core/metadata/read'
import { writeMetadata } from '../../core/metadata/write'
import { cleanXmp, tellsPosition } from '../../core/metadata/xmp'
import type { EncodedFile } from '../../core/operator'
import type { Codec } from '../../core/ports'
import type { Raster } from '../../core/raster'
import type { FORMATS, METADATA } from './spec'

interface Chosen {
  readonly format: (typeof FORMATS)[number]
  readonly quality: number
  readonly keep_metadata: (typeof METADATA)[number]
}

export interface CoveredFile {
  readonly file: EncodedFile & { readonly type: `image/${(typeof FORMATS)[number]}` }
  /** Words for the blocks that the output has: `exif`, `xmp`, `position`. */
  readonly kept: readonly string[]
}

/** Encodes the covered picture, upright and in sRGB, with what is to be kept of its metadata. */
export async function encodeCovered(
  picture: Raster,
  metadata: Metadata,
  { format, quality, keep_metadata }: Chosen,
  codec: Codec,
): Promise<CoveredFile> {
  const type = `image/${format}` as const
  const bytes = await codec.encode(picture, type, quality)
  if (keep_metadata === 'none') return { file: { bytes, type }, kept: [] }
  const position = keep_metadata === 'all'
  const exif = metadata.exif && cleanExif(metadata.exif, { position })
  const xmp = metadata.xmp === undefined ? undefined : cleanXmp(metadata.xmp, { position })
  return { file: { bytes: writeMetadata(bytes, type, { exif, xmp }), type }, kept: blocksOf({ exif, xmp }) }
}

/** Words for what a file says beside its pixels. */
export const blocksOf = ({ exif, xmp, profile }: Partial<Metadata>): string[] => [
  ...(exif ? ['exif'] : []),
  ...(xmp === undefined ? [] : ['xmp']),
  ...((exif && hasPosition(exif)) || (xmp !== undefined && tellsPosition(xmp)) ? ['position'] : []),
  ...(profile ? ['profile'] : []),
]
