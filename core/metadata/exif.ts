import { type Entry, readTiff, writeTiff } from './tiff'

const ORIENTATION = 0x0112
const EXIF = 0x8769
const GPS = 0x8825
const COLOR_SPACE = 0xa001

/**
 * What must not outlive a change of the pixels, or cannot be checked: pictures inside the picture (previews show what was
 * covered), profiles and sizes of the old pixels, and blocks of a maker's own form, which may hold any of these.
 */
const DROPPED = new Set([
  0x0100, 0x0101, 0x0103, 0x0111, 0x0117, 0x014a, 0x0201, 0x0202, 0x02bc, 0x83bb, 0x8649, 0x8773, 0x927c, 0xa002,
  0xa003, 0xa005, 0xc4a5, 0xc634, 0xea1c, 0xea1d,
])

/** Whether an EXIF block says where the picture was taken. */
export const hasPosition = (exif: Uint8Array): boolean => (gpsOf(exif)?.length ?? 0) > 0

/**
 * An EXIF block for a picture whose pixels lie upright and are sRGB: without the preview, the maker's notes and, unless
 * told otherwise, the position.
 *
 * @param exif a TIFF structure, without JPEG's `Exif\0\0` before it
 * @returns undefined when it is broken, or nothing is left
 */
export function cleanExif(exif: Uint8Array, { position }: { readonly position: boolean }): Uint8Array | undefined {
  const tiff = readTiff(exif)
  if (!tiff) return undefined
  const folders = new Map<number, readonly Entry[]>()
  const shots = tiff.folder(EXIF)?.filter(isKept).map(asSrgb(tiff.short))
  if (shots && shots.length > 0) folders.set(EXIF, shots)
  const places = position ? tiff.folder(GPS) : undefined
  if (places && places.length > 0) folders.set(GPS, places)
  const first = tiff.first
    .filter(({ tag }) => tag !== EXIF && tag !== GPS)
    .filter(isKept)
    .map((entry) => (entry.tag === ORIENTATION ? { ...entry, ...tiff.short(1) } : entry))
  return first.length + folders.size > 0 ? writeTiff(tiff.littleEndian, first, folders) : undefined
}

const gpsOf = (exif: Uint8Array) => readTiff(exif)?.folder(GPS)

const isKept = ({ tag }: Entry): boolean => !DROPPED.has(tag)

const SRGB = 1

const asSrgb = (short: (value: number) => Omit<Entry, 'tag'>) => (entry: Entry) =>
  entry.tag === COLOR_SPACE ? { ...entry, ...short(SRGB) } : entry
