import type { EncodedType } from '../ports'
import { withSegments } from './jpeg'
import { chunk, withChunks } from './png'
import { EXIF_PREFIX, XMP_PREFIX } from './read'
import { encodeText, joined, latin } from './text'
import { withBlocks } from './webp'

interface Kept {
  readonly exif?: Uint8Array
  readonly xmp?: string
}

const APP1 = 0xe1
const PNG_XMP = 'XML:com.adobe.xmp\0\0\0\0\0'

/** Puts blocks into a file that an encoder has just written, and that has none. */
export function writeMetadata(bytes: Uint8Array<ArrayBuffer>, type: EncodedType, kept: Kept): Uint8Array<ArrayBuffer> {
  const { exif } = kept
  const xmp = kept.xmp === undefined ? undefined : encodeText(kept.xmp)
  if (!exif && !xmp) return bytes
  switch (type) {
    case 'image/jpeg':
      return withSegments(bytes, [...prefixed(EXIF_PREFIX, exif), ...prefixed(XMP_PREFIX, xmp)], APP1)
    case 'image/png':
      return withChunks(bytes, [
        ...(exif ? [chunk('eXIf', exif)] : []),
        ...prefixed(PNG_XMP, xmp).map((body) => chunk('iTXt', body)),
      ])
    case 'image/webp':
      return withBlocks(bytes, { exif, xmp })
  }
}

const prefixed = (prefix: string, block: Uint8Array | undefined) => (block ? [joined([latin(prefix), block])] : [])
