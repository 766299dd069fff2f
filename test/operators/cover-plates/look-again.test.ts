import { expect, test } from 'vitest'
import { type Detector, darkroomPlates } from '../../../operators/cover-plates/detect'
import { lookAgain } from '../../../operators/cover-plates/look-again'
import { type Quad, rectangle } from '../../../operators/cover-plates/quad'
import { testContext } from '../../support'

const SIDE = 480
const picture = { width: SIDE, height: SIDE, data: new Uint8ClampedArray(SIDE * SIDE * 4) }
const PLATE = { x: 100, y: 200, width: 100, height: 25 }

/** Sees the plate at every scale. */
const detector: Detector = {
  ...darkroomPlates,
  corners: undefined,
  decode: ({ width }) => [[{ score: 0.9, quad: rectangle(PLATE).map((value) => (value * width.dims[0]) / SIDE) }]],
}

async function residuals(covers: readonly Quad[]): Promise<number> {
  const models = {
    ...testContext().models,
    run: async (_: string, { images }: Readonly<Record<string, { dims: readonly number[] }>>) => ({
      width: { dims: [images.dims[3]], data: new Float32Array() },
    }),
  }
  const found = await lookAgain(picture, covers, 'off', detector, async () => {}, testContext({ models }))
  return found.length
}

test.each([
  ['a cover that lies on it', 0, 0],
  ['a cover beside which a tenth is seen', 10, 0],
  ['a cover that misses almost half of it', 45, 1],
  ['a cover elsewhere', 200, 1],
])('of a plate under %s so many are still seen', async (_, shift, count) => {
  expect(await residuals([rectangle({ ...PLATE, x: PLATE.x + shift })])).toBe(count)
})
