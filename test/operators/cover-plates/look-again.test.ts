import { describe, expect, test } from 'vitest'
import { type Detector, darkroomPlates } from '../../../operators/cover-plates/detect'
import { lookAgain } from '../../../operators/cover-plates/look-again'
import { type Quad, rectangle } from '../../../operators/cover-plates/quad'
import { testContext } from '../../support'
import { fixture, isReady, runTool } from '../real-models'

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
  const found = await lookAgain(
    { picture, covers, before: [] },
    'off',
    detector,
    async () => {},
    testContext({ models }),
  )
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

const hasModels = (await isReady('darkroom-plates')) && (await isReady('darkroom-plate-corners'))

describe.skipIf(!hasModels).each(['car.jpg', 'street.jpg'])('of %s, by the models of the install,', (name) => {
  const TIMEOUT = 60_000
  const covered = async (given: object) => {
    const { plates, residuals } = await runTool('cover-plates', await fixture(name), given)
    return { plates: plates as Corners[], residuals: residuals as Corners[] }
  }
  const whole = () => covered({ dry_run: true, tiling: 'off' })

  test('nothing is left when every plate was covered', { timeout: TIMEOUT }, async () => {
    const { plates, residuals } = await covered({})
    expect([plates.length > 0, residuals]).toEqual([true, []])
  })

  test('every plate is left when none was covered', { timeout: TIMEOUT }, async () => {
    const { plates } = await whole()
    const { residuals } = await covered({ quads: [], tiling: 'off' })
    for (const plate of plates) expect(residuals.some((other) => isNear(plate, other))).toBe(true)
  })

  test.each([
    [
      'left',
      ({ x1, y1, x2, y2, x3, y3, x4, y4 }: Corners) => [
        x1,
        y1,
        mid(x1, x2),
        mid(y1, y2),
        mid(x4, x3),
        mid(y4, y3),
        x4,
        y4,
      ],
    ],
    [
      'right',
      ({ x1, y1, x2, y2, x3, y3, x4, y4 }: Corners) => [
        mid(x1, x2),
        mid(y1, y2),
        x2,
        y2,
        x3,
        y3,
        mid(x4, x3),
        mid(y4, y3),
      ],
    ],
  ])('the best plate is left when only its %s half was covered', { timeout: TIMEOUT }, async (_, half) => {
    const [plate] = (await whole()).plates
    const [x1, y1, x2, y2, x3, y3, x4, y4] = half(plate)
    const { residuals } = await covered({ quads: [{ x1, y1, x2, y2, x3, y3, x4, y4 }], tiling: 'off' })
    expect(residuals.some((other) => isNear(plate, other))).toBe(true)
  })
})

type Corners = Readonly<Record<'x1' | 'y1' | 'x2' | 'y2' | 'x3' | 'y3' | 'x4' | 'y4', number>>

const mid = (a: number, b: number): number => (a + b) / 2

/** Whether the middle of one lies on the other. */
function isNear(plate: Corners, other: Corners): boolean {
  const [x, y] = [mid(other.x1, other.x3), mid(other.y1, other.y3)]
  return x > plate.x1 && x < plate.x3 && y > Math.min(plate.y1, plate.y2) && y < Math.max(plate.y3, plate.y4)
}
