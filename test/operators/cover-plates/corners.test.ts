import { beforeAll, describe, expect, test } from 'vitest'
import type { ModelRunner } from '../../../core/ports'
import type { Raster } from '../../../core/raster'
import { lookClosely } from '../../../operators/cover-plates/corners'
import { type Quad, rectangle } from '../../../operators/cover-plates/quad'
import { testContext } from '../../support'
import { fetchedModels, photoOf, TIMEOUT } from '../fetched-models'

const MODEL = 'darkroom-plate-corners'

/** As it is drawn: 281.8 × 60.7 pixels, turned by −2°. */
const PLATE: Quad = [458.9, 549.9, 740.6, 540.1, 742.7, 600.7, 461.0, 610.6]
const WIDTH = 281.8

let photo: Raster
let models: ModelRunner
beforeAll(async () => {
  models = await fetchedModels(MODEL)
  photo = await photoOf('test/fixtures/car.jpg')
}, TIMEOUT)

const look = (quad: Quad, lowest = 0.05) => lookClosely(photo, [{ score: 0.5, quad }], { model: MODEL, lowest }, models)

const errorOf = (quad: Quad): number =>
  [0, 2, 4, 6].reduce((sum, i) => sum + Math.hypot(quad[i] - PLATE[i], quad[i + 1] - PLATE[i + 1]) / 4, 0) / WIDTH

/** Of the plate, about its middle. */
function off({ x = 0, y = 0, scale = 1, degrees = 0 }): Quad {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180) * scale, Math.sin((degrees * Math.PI) / 180) * scale]
  return [0, 2, 4, 6].flatMap((i) => {
    const [dx, dy] = [PLATE[i] - 600.8, PLATE[i + 1] - 575.3]
    return [600.8 + cos * dx - sin * dy + x, 575.3 + sin * dx + cos * dy + y]
  })
}

describe('the corners come to lie on the plate where the proposal was', () => {
  test.each([
    ['right', {}],
    ['shifted', { x: 25, y: -10 }],
    ['too small', { scale: 0.75 }],
    ['too large', { scale: 1.3 }],
    ['turned', { degrees: 14 }],
  ])('%s', { timeout: TIMEOUT }, async (_, how) => {
    const [best] = await look(off(how))
    expect(best.score).toBeGreaterThan(0.5)
    expect(errorOf(best.quad)).toBeLessThan(0.04)
  })
})

test.each([
  ['a window', rectangle({ x: 40, y: 120, width: 160, height: 50 })],
  ['the sky', rectangle({ x: 300, y: 10, width: 200, height: 50 })],
  ['the road', rectangle({ x: 300, y: 800, width: 240, height: 60 })],
])('%s is no plate, though the detector said so', { timeout: TIMEOUT }, async (_, quad) => {
  expect(await look(quad, 0.5)).toEqual([])
})

test('two proposals of one plate become one', { timeout: TIMEOUT }, async () => {
  const proposals = [off({ x: -40 }), off({ x: 40, scale: 1.1 })].map((quad) => ({ score: 0.6, quad }))
  expect(await lookClosely(photo, proposals, { model: MODEL, lowest: 0.5 }, models)).toHaveLength(1)
})

test.each([
  ['over the edge of the photo', rectangle({ x: -60, y: 400, width: 150, height: 40 })],
  ['outside of it', rectangle({ x: 5000, y: 5000, width: 150, height: 40 })],
  ['without any size', rectangle({ x: 300, y: 300, width: 0, height: 0 })],
])('a proposal %s is looked at like any other', { timeout: TIMEOUT }, async (_, quad) => {
  for (const { quad: found } of await look(quad, 0)) expect(found.every(Number.isFinite)).toBe(true)
})

test('a model that answers in another shape is told as a fault of ours', async () => {
  const run = async () => ({ plates: { dims: [1, 5], data: new Float32Array(5) } })
  const broken = { ...testContext().models, run }
  const looked = lookClosely(photo, [{ score: 0.5, quad: PLATE }], { model: MODEL, lowest: 0.05 }, broken)
  await expect(looked).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('[crops, 9]') })
})
