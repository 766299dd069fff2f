import { beforeAll, describe, expect, test } from 'vitest'
import type { ModelRunner } from '../../../core/ports'
import type { Raster } from '../../../core/raster'
import { refine } from '../../../operators/cover-plates/refine'
import { run } from '../../../operators/cover-plates/run'
import { coverPlates, LOWEST } from '../../../operators/cover-plates/spec'
import { testContext } from '../../support'
import { fetchedModels, photoOf, TIMEOUT } from '../fetched-models'

const HIGH = 0.9
const whole = { x: 0, y: 0, w: 1, h: 1 }

let image: Raster
let models: ModelRunner
beforeAll(async () => {
  models = await fetchedModels('darkroom-plates', 'darkroom-plate-corners')
  image = await photoOf('test/fixtures/car.jpg')
}, TIMEOUT)

const params = (given: object) => coverPlates.params.parse({ dry_run: true, ...given })
const found = (given: object) => run({ image }, params(given), testContext({ models }))

describe('a finished search answers for another threshold as a search with that threshold would', () => {
  test('lower, down to the lowest', { timeout: TIMEOUT }, async () => {
    const [{ kept }, low, high] = [
      await found({ threshold: HIGH }),
      await found({ threshold: LOWEST }),
      await found({ threshold: HIGH }),
    ]
    expect(low.data.plates_found).toBeGreaterThan(high.data.plates_found)
    expect(refine(kept, params({ threshold: LOWEST }))).toEqual(low.data)
  })

  test('higher', { timeout: TIMEOUT }, async () => {
    const [{ kept }, high] = [await found({ threshold: LOWEST }), await found({ threshold: HIGH })]
    expect(refine(kept, params({ threshold: HIGH }))).toEqual(high.data)
  })

  test('with an exclusion zone around all of it', { timeout: TIMEOUT }, async () => {
    const { kept } = await found({ threshold: HIGH })
    const { plates_found, plates_covered } = refine(kept, params({ threshold: LOWEST, zones: [whole] }))
    expect([plates_found > 0, plates_covered]).toEqual([true, 0])
  })
})
