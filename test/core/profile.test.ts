import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { inflate } from '../../core/metadata/inflate'
import { readProfile, writeProfile } from '../../core/metadata/profile'
import { codecSharp } from '../../server/adapters/codec-sharp'
import { picture, seeded } from '../support'

const FORMATS = ['jpeg', 'png', 'webp'] as const

const plain = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#406080' } })
const iccOf = async (bytes: Uint8Array) => (await sharp(bytes).metadata()).icc

describe.each(FORMATS)('a colour profile in %s', (format) => {
  test('is read as the decoder has it', async () => {
    const file = new Uint8Array(await plain().withIccProfile('p3').toFormat(format).toBuffer())
    expect(readProfile(file)).toEqual(new Uint8Array((await iccOf(file)) ?? []))
  })

  test('is written so that the decoder finds it', async () => {
    const source = new Uint8Array(await plain().withIccProfile('p3').png().toBuffer())
    const icc = readProfile(source) as Uint8Array
    const type = `image/${format}` as const
    const file = writeProfile(await codecSharp.encode(picture([10, 200], [40, 90]), type), type, icc)
    expect(new Uint8Array((await iccOf(file)) ?? [])).toEqual(icc)
    expect(readProfile(file)).toEqual(icc)
  })
})

test('a profile of several JPEG segments is put together again', async () => {
  const small = readProfile(new Uint8Array(await plain().withIccProfile('p3').png().toBuffer())) as Uint8Array
  const icc = new Uint8Array(150_000)
  icc.set(small)
  const file = writeProfile(await codecSharp.encode(picture([10]), 'image/jpeg'), 'image/jpeg', icc)
  expect(readProfile(file)).toEqual(icc)
})

test('a profile for print or gray is none for red, green and blue', async () => {
  const file = await plain().toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer()
  expect(await iccOf(file)).toBeDefined()
  expect(readProfile(new Uint8Array(file))).toBeUndefined()
})

test('a file without one has none', async () => {
  for (const format of FORMATS)
    expect(readProfile(await codecSharp.encode(picture([1]), `image/${format}`))).toBeUndefined()
})

describe('inflate', () => {
  const random = seeded(3)
  const noise = Uint8Array.from({ length: 3000 }, () => random() * 256)
  const words = new TextEncoder().encode('tag curve matrix '.repeat(400))

  test.each([
    ['noise', noise],
    ['words', words],
    ['nothing', new Uint8Array()],
  ])('gives back %s, however it was packed', (_, bytes) => {
    for (const options of [{ level: 0 }, { level: 9 }, { strategy: 2 }, { strategy: 4 }]) {
      expect(inflate(deflateSync(bytes, options), 1e6)).toEqual(bytes)
    }
  })

  test('refuses what holds more than it may, what is cut short and what is no stream', () => {
    expect(inflate(deflateSync(words), 100)).toBeUndefined()
    expect(inflate(deflateSync(noise).subarray(0, 1000), 1e6)).toBeUndefined()
    expect(inflate(new Uint8Array([1, 2, 3]), 1e6)).toBeUndefined()
    expect(inflate(new Uint8Array(), 1e6)).toBeUndefined()
  })
})
