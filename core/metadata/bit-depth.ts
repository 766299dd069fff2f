import { sniff, tiffTag } from '../image-header'

const PNG_DEPTH = 24 // where IHDR has it
const BITS_PER_SAMPLE = 258

/** Bits of each channel that a PNG or TIFF file has; 8 for all others, and where it does not say. */
export function bitDepth(bytes: Uint8Array<ArrayBuffer>): number {
  const format = sniff(bytes)
  if (format === 'png') return bytes[PNG_DEPTH] ?? 8
  if (format !== 'tiff') return 8
  try {
    return tiffTag(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), BITS_PER_SAMPLE)?.at(0) ?? 8
  } catch (error) {
    if (error instanceof RangeError) return 8 // the file ends before its directory
    throw error
  }
}
