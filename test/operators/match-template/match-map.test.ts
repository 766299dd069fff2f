import { describe, expect, test } from 'vitest'
import type { Raster } from '../../../core/raster'
import { type MatchRequest, withMatchMap } from '../../../operators/match-template/match-map'
import { colorPlanes, grayPlanes } from '../../../operators/match-template/planes'
import { referenceMap } from '../../../operators/match-template/reference'
import { METHODS, type Method } from '../../../operators/match-template/spec'
import { seeded } from '../../support'
import { crop, noise, paint, scene, screen } from './pictures'

const normed = METHODS.filter((method) => method.endsWith('_NORMED'))
const modes = [true, false]

describe.each(METHODS)('%s', (method) => {
  describe.each(modes)('gray: %s', (gray) => {
    test.each([
      ['a template cut from the image', noise(61, 47), crop(noise(61, 47), 20, 10, 17, 12)],
      ['odd sizes', noise(33, 19, 2), noise(7, 13, 3)],
      ['a template as large as the image', noise(31, 23, 4), noise(31, 23, 5)],
      ['a template as wide as the image', noise(40, 50, 6), noise(40, 3, 7)],
      ['a template as high as the image', noise(50, 40, 8), noise(3, 40, 9)],
      ['a template of one pixel', noise(20, 10, 10), paint({ width: 1, height: 1 }, () => [90, 10, 200])],
      ['a very wide image', noise(3000, 14, 11), noise(40, 13, 12)],
      ['a very high image', noise(14, 3000, 13), noise(13, 40, 14)],
      ['an image one pixel larger than the template', noise(66, 41, 15), noise(65, 40, 16)],
      ['several tiles', scene(500, 300, 17), crop(scene(500, 300, 17), 100, 100, 15, 11)],
    ])('agrees with the textbook on %s', async (_, image, template) => {
      const error = await largestError({ image, template, method, gray })
      expect(error).toBeLessThan(1e-5)
    })
  })
})

test('agrees with the textbook whatever the sizes', async () => {
  const random = seeded(99)
  const upTo = (most: number) => 1 + Math.floor(random() * most)
  for (let i = 0; i < 150; i++) {
    const [width, height] = [upTo(i % 3 ? 90 : 6), upTo(i % 5 ? 90 : 6)]
    const image = noise(width, height, i)
    const template = noise(upTo(width), upTo(height), i + 1000)
    const method = METHODS[i % METHODS.length]
    const error = await largestError({ image, template, method, gray: i % 7 > 3 })
    const sizes = `${width}×${height}, ${template.width}×${template.height}, ${method}`
    expect(error, sizes).toBeLessThan(1e-5)
  }
})

describe.each(normed)('%s', (method) => {
  describe.each(modes)('gray: %s', (gray) => {
    test.each([
      ['a scene', scene(220, 150), crop(scene(220, 150), 110, 70, 27, 25)],
      ['a screen', screen(220, 150), crop(screen(220, 150), 100, 0, 30, 32)],
      ['a screen, by a template that is nowhere in it', screen(200, 140, 2), scene(25, 31)],
      ['a nearly flat image', faint(240, 160), crop(faint(240, 160), 90, 60, 20, 24)],
      ['bright and dark, each nearly flat', twoShades(240, 160), crop(noise(240, 160), 0, 0, 20, 24)],
    ])('is within 1e-5 of the textbook on %s', async (_, image, template) => {
      const error = await largestError({ image, template, method, gray })
      expect(error).toBeLessThan(1e-5)
    })
  })
})

/** White but for single pixels that are a shade darker. */
function faint(width: number, height: number): Raster {
  return paint({ width, height }, (x, y) => ((x * 7 + y * 13) % 61 === 0 ? [254, 254, 255] : [255, 255, 255]))
}

/** Strong noise beside two flat areas with a few faint spots. */
function twoShades(width: number, height: number): Raster {
  const strong = noise(width, height, 3)
  return paint({ width, height }, (x, y) => {
    if (x < 100)
      return [...strong.data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)] as [number, number, number]
    const shade = (x < 170 ? 250 : 3) + ((x * 5 + y * 11) % 97 === 0 ? 1 : 0)
    return [shade, shade, shade]
  })
}

/** For the methods that are not normalised, relative to the largest value there is. */
async function largestError(request: MatchRequest): Promise<number> {
  const { image, template, method, gray } = request
  const planes = gray ? grayPlanes : colorPlanes
  const expected = referenceMap(planes(image), planes(template), method as Method)
  const largest = method.endsWith('_NORMED') ? 1 : expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
  return withMatchMap(
    request,
    async () => {},
    ({ values, width, height }) => {
      expect([width, height]).toEqual([image.width - template.width + 1, image.height - template.height + 1])
      return values.reduce((error, value, i) => Math.max(error, Math.abs(value - expected[i]) / largest), 0)
    },
  )
}
