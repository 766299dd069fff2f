import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ModelRunner } from '../../../core/ports'
import type { Raster } from '../../../core/raster'
import { refine } from '../../../operators/cover-plates/refine'
import { run } from '../../../operators/cover-plates/run'
import { coverPlates, LOWEST } from '../../../operators/cover-plates/spec'
import { codecSharp } from '../../../server/adapters/codec-sharp'
import { childModels } from '../../../server/compute/models'
import { MODEL_CACHE, testLibrary } from '../../models/model-cache'
import { testContext } from '../../support'

const TIMEOUT = 120_000 // the models are loaded on machines that others load too
const HIGH = 0.9
const whole = { x: 0, y: 0, w: 1, h: 1 }

let image: Raster
let models: ModelRunner
beforeAll(async () => {
  await testLibrary().ensure(['darkroom-plates', 'darkroom-plate-corners'])
  const library = { cache: MODEL_CACHE, folder: undefined, acceptLicences: [], fetchDefaults: false }
  models = childModels({ library, device: 'cpu', threads: 1, memoryBytes: 1e9 })
  image = await codecSharp.decode(new Uint8Array(readFileSync('test/fixtures/car.jpg')), { pixels: 1e8, side: 30_000 })
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
