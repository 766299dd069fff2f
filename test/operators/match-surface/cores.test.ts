import { afterAll, expect, test } from 'vitest'
import { ToolError } from '../../../core/errors'
import { Helpers } from '../../../operators/helpers'
import { run } from '../../../operators/match-surface/run'
import { matchSurface } from '../../../operators/match-surface/spec'
import { startThread } from '../../../server/compute/helper-threads'
import { testContext } from '../../support'
import { ball, bottle, box, fromAbove, moved, noisy, pebble, placed, table, together } from './shapes'

let helped = 0
const helpers = new Helpers(
  ({ heard, lost }) =>
    startThread({
      lost,
      heard(message) {
        helped++
        heard(message)
      },
    }),
  () => performance.now(),
)
afterAll(() => helpers.dispose())

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

const matchOn = (cores: number, checkpoint = breathe) =>
  run(inputs, matchSurface.params.parse({}), testContext({ checkpoint, parallel: helpers.parallel(cores) }))

const others = () =>
  together(
    table(0),
    moved(box(), placed([0, 1, 3], 70, [-95, 60, 70])),
    moved(ball(), placed([1, 0, 0], 0, [70, 100, 50])),
  )

// Noise and company make the search long; the bottle is absent, which makes it exhaustive.
const inputs = {
  model_file: bottle(),
  scene_file: noisy(fromAbove(together(others(), moved(pebble(), placed([1, 2, 0.5], 130, [40, -25, 90])))), 1, 3),
}

/** Runs until threads have started and taken their share, which they do when they are ready and not before. */
async function helpedOn(cores: number) {
  const before = helped
  for (;;) {
    const { data } = await matchOn(cores)
    if (helped > before) return data
  }
}

test('a run gives the same numbers, to the last bit, on one, two and three cores', async () => {
  const { data } = await matchOn(1)
  expect(helped).toBe(0)
  expect(await helpedOn(2)).toEqual(data)
  expect(await helpedOn(3)).toEqual(data)
}, 120_000)

test('a canceled run stops on all cores, and they help with the next one', async () => {
  await helpedOn(2)
  const before = helped
  const canceled = matchOn(2, async () => {
    await breathe()
    if (helped > before) throw new ToolError('canceled', 'Canceled')
  })
  await expect(canceled).rejects.toMatchObject({ code: 'canceled' })
  const { data } = await matchOn(1)
  const quiet = helped
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(helped).toBe(quiet)
  expect(await helpedOn(2)).toEqual(data)
}, 120_000)
