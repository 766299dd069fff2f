import { describe, expect, test } from 'vitest'
import { createCheckpoint } from '../../core/progress'
import type { Raster } from '../../core/raster'
import { diffuse } from '../../operators/inpaint/classic/diffuse'
import { fillClassic } from '../../operators/inpaint/classic/fill'
import { seeded } from '../support'

type Color = readonly [red: number, green: number, blue: number]

const paint = (width: number, height: number, color: (x: number, y: number) => Color): Raster => {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) data.set([...color(i % width, Math.floor(i / width)), 255], 4 * i)
  return { width, height, data }
}

const maskOf = ({ width, height }: Raster, inside: (x: number, y: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: width * height }, (_, i) => (inside(i % width, Math.floor(i / width)) ? 255 : 0))

/** The picture with magenta in place of what the mask covers: an engine that looks there shows it. */
const damaged = (image: Raster, mask: Uint8Array): Raster => {
  const data = image.data.slice()
  for (let i = 0; i < mask.length; i++) if (mask[i] >= 128) data.set([255, 0, 255], 4 * i)
  return { ...image, data }
}

const largestError = (a: Raster, b: Raster): number =>
  a.data.reduce((most, v, i) => Math.max(most, Math.abs(v - b.data[i])), 0)

const meanError = (a: Raster, b: Raster, mask: Uint8Array): number => {
  let sum = 0
  let count = 0
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] < 128) continue
    for (let c = 0; c < 3; c++) sum += Math.abs(a.data[4 * i + c] - b.data[4 * i + c])
    count += 3
  }
  return sum / count
}

const gradient = paint(120, 80, (x, y) => [2 * x, x + y, 3 * y])
const CONTRAST = (210 + 140 + 80) / 3 // of the stripes
const stripes = paint(96, 96, (x) => (x % 12 < 6 ? [230, 200, 40] : [20, 60, 120]))
const noise = seeded(3)
const grain = paint(96, 96, () => {
  const v = 255 * noise()
  return [v, v, v]
})

describe('thin holes', () => {
  test('a stroke over a gradient is filled to within one level', async () => {
    const mask = maskOf(gradient, (x, y) => x > 5 && x < 115 && Math.abs(y - 10 - x / 2) < 3)
    expect(largestError(await fillClassic(damaged(gradient, mask), mask), gradient)).toBeLessThanOrEqual(1)
  })

  test('the membrane follows a gradient over a wide hole, too', async () => {
    const mask = maskOf(gradient, (x, y) => x >= 20 && x < 90 && y >= 15 && y < 65)
    expect(largestError(await diffuse(damaged(gradient, mask), mask), gradient)).toBeLessThanOrEqual(2)
  })

  test('the membrane fills transparency like the colours', async () => {
    const image = paint(40, 30, () => [10, 20, 30])
    for (let i = 3; i < image.data.length; i += 4) image.data[i] = 80
    const mask = maskOf(image, (x) => x === 20)
    const torn = damaged(image, mask)
    for (let i = 0; i < mask.length; i++) if (mask[i]) torn.data[4 * i + 3] = 0
    expect(largestError(await fillClassic(torn, mask), image)).toBe(0)
  })
})

describe('wide holes', () => {
  test('stripes go on through the hole', async () => {
    const mask = maskOf(stripes, (x, y) => x >= 30 && x < 62 && y >= 34 && y < 64)
    const filled = await fillClassic(damaged(stripes, mask), mask)
    const smooth = await diffuse(damaged(stripes, mask), mask)
    expect(meanError(filled, stripes, mask)).toBeLessThan(CONTRAST / 10)
    expect(meanError(smooth, stripes, mask)).toBeGreaterThan(CONTRAST / 4)
  })

  test('grain stays grain instead of fading to gray', async () => {
    const mask = maskOf(grain, (x, y) => x >= 30 && x < 70 && y >= 30 && y < 70)
    const { data } = await fillClassic(damaged(grain, mask), mask)
    const values = Array.from(mask.keys())
      .filter((i) => mask[i])
      .map((i) => data[4 * i])
    const mean = values.reduce((a, b) => a + b) / values.length
    const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length)
    expect(deviation).toBeGreaterThan(20)
  })

  test('a hole at the corner is filled from its two open sides', async () => {
    const mask = maskOf(stripes, (x, y) => x < 30 && y < 30)
    expect(meanError(await fillClassic(damaged(stripes, mask), mask), stripes, mask)).toBeLessThan(CONTRAST / 10)
  })

  test('where nearly everything is hole, what is left spreads over it', async () => {
    const image = paint(64, 64, () => [200, 120, 40])
    const mask = maskOf(image, (x, y) => x > 3 || y > 3)
    expect(largestError(await fillClassic(damaged(image, mask), mask), image)).toBeLessThanOrEqual(1)
  })

  test('the same call gives the same bytes', async () => {
    const mask = maskOf(grain, (x, y) => x >= 30 && x < 70 && y >= 30 && y < 70)
    const first = await fillClassic(damaged(grain, mask), mask)
    expect(largestError(await fillClassic(damaged(grain, mask), mask), first)).toBe(0)
  })
})

describe('what is not hole', () => {
  test.each([
    ['thin', (x: number) => x % 16 === 8],
    ['wide', (x: number, y: number) => x > 20 && x < 70 && y > 20 && y < 70],
  ])('stays as it was around a %s hole, and the picture that was given too', async (_, inside) => {
    const mask = maskOf(grain, inside)
    const given = damaged(grain, mask)
    const before = given.data.slice()
    const { data } = await fillClassic(given, mask)
    expect(given.data.every((v, i) => v === before[i])).toBe(true)
    expect(data.every((v, i) => mask[i >> 2] || v === before[i])).toBe(true)
    expect(data.some((v, i) => v !== before[i])).toBe(true)
  })

  test('gray of the mask below 128 is kept, 128 is filled', async () => {
    const image = paint(20, 20, () => [50, 60, 70])
    const mask = new Uint8Array(400)
    mask[105] = 127
    mask[106] = 128
    const torn = { ...image, data: image.data.slice() }
    torn.data.set([255, 0, 255, 255, 255, 0, 255, 255], 4 * 105)
    const { data } = await fillClassic(torn, mask)
    expect([...data.subarray(4 * 105, 4 * 105 + 3)]).toEqual([255, 0, 255])
    expect(data[4 * 106 + 1]).toBeGreaterThan(40)
  })
})

describe('edges', () => {
  test('a picture of one pixel comes back, hole or not', async () => {
    const image = paint(1, 1, () => [1, 2, 3])
    expect((await fillClassic(image, Uint8Array.of(0))).data).toEqual(image.data)
    expect((await fillClassic(image, Uint8Array.of(255))).data).toEqual(image.data)
  })

  test('a picture that is all hole comes back unchanged', async () => {
    expect(largestError(await fillClassic(grain, new Uint8Array(96 * 96).fill(255)), grain)).toBe(0)
  })

  test('a line of pixels is filled between its ends', async () => {
    const line = paint(64, 1, (x) => [4 * x, 4 * x, 4 * x])
    const mask = maskOf(line, (x) => x > 10 && x < 50)
    expect(largestError(await fillClassic(damaged(line, mask), mask), line)).toBeLessThanOrEqual(3)
  })

  test('a mask of another size is refused with both sizes', async () => {
    await expect(fillClassic(grain, new Uint8Array(5))).rejects.toThrow(
      'The mask has 5 pixels and the image 96×96; it needs one byte for each',
    )
  })

  test('a run that is canceled ends before it has filled', async () => {
    const mask = maskOf(grain, (x, y) => x > 20 && x < 70 && y > 20 && y < 70)
    const canceling = new AbortController()
    let breaths = 0
    const checkpoint = createCheckpoint({
      signal: canceling.signal,
      report: () => {},
      now: () => 1000 * breaths++,
      yield: async () => {
        if (breaths > 20) canceling.abort()
      },
    })
    await expect(fillClassic(damaged(grain, mask), mask, checkpoint)).rejects.toThrow('aborted')
  })

  test('progress never falls and ends at the whole', async () => {
    const seen: number[] = []
    const mask = maskOf(grain, (x, y) => x > 20 && x < 70 && y > 20 && y < 70)
    await fillClassic(damaged(grain, mask), mask, async (done, total) => void seen.push(done / total))
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(1)
  })
})
