import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { cleanExif, hasPosition } from '../../core/metadata/exif'
import { readMetadata } from '../../core/metadata/read'
import { encodeText } from '../../core/metadata/text'
import { writeMetadata } from '../../core/metadata/write'
import { cleanXmp } from '../../core/metadata/xmp'

const GPS = { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 0/1' }
const EXIF = { IFD0: { Make: 'Zorki', Model: '4', Orientation: '6' }, IFD2: { FNumber: '28/10' }, IFD3: GPS }
const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><tiff:Orientation>6</tiff:Orientation>déjà vu</x:xmpmeta>'

const gray = () => sharp({ create: { width: 32, height: 20, channels: 3, background: 'gray' } })
const plain = async (type: 'jpeg' | 'png' | 'webp') => new Uint8Array(await gray().toFormat(type).toBuffer())
async function photo(type: 'jpeg' | 'png' | 'webp'): Promise<Uint8Array<ArrayBuffer>> {
  const picture = gray().withExif(EXIF).withIccProfile('p3')
  if (type !== 'png') return new Uint8Array(await picture.withXmp(XMP).toFormat(type).toBuffer())
  // sharp compresses the XMP of PNG, which Photoshop and the XMP specification do not.
  return writeMetadata(new Uint8Array(await picture.png().toBuffer()), 'image/png', { xmp: XMP })
}

const TYPES = ['jpeg', 'png', 'webp'] as const

describe.each(TYPES)('of a %s file', (type) => {
  test('EXIF, XMP and whether there is a colour profile are read', async () => {
    const found = readMetadata(await photo(type))
    expect(found).toMatchObject({ profile: true, frames: 1, cmyk: false })
    expect(hasPosition(found.exif ?? new Uint8Array())).toBe(true)
    expect(found.xmp).toContain('déjà vu')
  })

  test('a file without any has nothing to say', async () => {
    expect(readMetadata(await plain(type))).toEqual({ profile: false, frames: 1, cmyk: false })
  })

  test('what is written is read again, also by others, and the pixels stay', async () => {
    const { exif, xmp } = readMetadata(await photo(type))
    const before = await plain(type)
    const kept = { exif: cleanExif(exif ?? new Uint8Array(), { position: true }), xmp }
    const after = writeMetadata(before as Uint8Array<ArrayBuffer>, `image/${type}`, kept)
    const read = await sharp(after).metadata()
    expect(read).toMatchObject({ width: 32, height: 20, orientation: 1 })
    expect(read.exif?.toString('latin1')).toContain('Zorki')
    expect(read.xmp?.toString()).toBe(xmp)
    expect(await sharp(after).raw().toBuffer()).toEqual(await sharp(before).raw().toBuffer())
    expect(readMetadata(after)).toMatchObject({ exif: kept.exif, xmp })
  })

  test('every shorter piece of it is read without complaint', async () => {
    const bytes = await photo(type)
    for (let end = 0; end < Math.min(bytes.length, 1200); end++) {
      const { exif } = readMetadata(bytes.subarray(0, end))
      if (exif) cleanExif(exif, { position: true })
    }
  })
})

test('the position goes unless it is to stay', async () => {
  const exif = readMetadata(await photo('jpeg')).exif ?? new Uint8Array()
  const without = cleanExif(exif, { position: false }) ?? new Uint8Array()
  expect(hasPosition(without)).toBe(false)
  expect(Buffer.from(without).toString('latin1')).toContain('Zorki')
})

test('a preview and the maker’s notes go in any case', () => {
  const makerNote = [0x7c, 0x92, 7, 0, 8, 0, 0, 0, 44, 0, 0, 0]
  const exif = Uint8Array.from([
    ...[0x49, 0x49, 42, 0, 8, 0, 0, 0],
    ...[2, 0],
    ...[0x12, 0x01, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0],
    ...makerNote,
    ...[38, 0, 0, 0], // the next directory, where the preview is
    ...[0, 0, 0, 0, 0, 0, 0, 0],
    ...encodeText('SECRETS!'),
  ])
  const clean = cleanExif(exif, { position: true }) ?? new Uint8Array()
  expect(Buffer.from(clean).toString('latin1')).not.toContain('SECRETS!')
  expect([...clean]).toEqual([
    0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0,
  ])
})

test.each([
  ['nothing', []],
  ['no TIFF', [1, 2, 3, 4, 5, 6, 7, 8]],
  ['a directory outside', [0x49, 0x49, 42, 0, 255, 255, 0, 0]],
])('EXIF that is %s is dropped', (_, bytes) => {
  expect(cleanExif(Uint8Array.from(bytes), { position: true })).toBeUndefined()
})

test('XMP is turned upright, and dropped whole where it may hold what was covered', () => {
  expect(cleanXmp(XMP, { position: false })).toContain('<tiff:Orientation>1<')
  expect(cleanXmp('<a tiff:Orientation="8"/>', { position: false })).toBe('<a tiff:Orientation="1"/>')
  expect(cleanXmp('<xmp:Thumbnails>…', { position: true })).toBeUndefined()
  expect(cleanXmp('<a exif:GPSLatitude="52"/>', { position: false })).toBeUndefined()
  expect(cleanXmp('<a Iptc4xmpCore:CountryCode="NL"/>', { position: false })).toBeUndefined()
  expect(cleanXmp('<a exif:GPSLatitude="52"/>', { position: true })).toContain('52')
})

test('frames of an animation are counted, and colours of print seen', async () => {
  const frames = Buffer.from(Array.from({ length: 3 }, (_, i) => Array(8 * 8 * 3).fill(80 * i)).flat())
  const raw = { width: 8, height: 24, channels: 3 as const, pageHeight: 8 }
  const animated = await sharp(frames, { raw, animated: true }).webp().toBuffer()
  expect(readMetadata(new Uint8Array(animated)).frames).toBe(3)
  const printed = await gray().toColourspace('cmyk').jpeg().toBuffer()
  expect(readMetadata(new Uint8Array(printed)).cmyk).toBe(true)
})
