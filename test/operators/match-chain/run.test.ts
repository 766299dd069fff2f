import { describe, expect, test } from 'vitest'
import type { Decoded } from '../../../core/operator'
import type { Raster } from '../../../core/raster'
import { check, run } from '../../../operators/match-chain/run'
import type { matchChain, Step } from '../../../operators/match-chain/spec'
import { findTool } from '../../../operators/registry'
import { seeded, testContext } from '../../support'
import { box, moved, pebble, placed } from '../match-surface/shapes'

type Chain = ReturnType<typeof matchChain>
type Files = { image: Decoded; template: Decoded }

const chain = findTool('chain').spec as Chain
const parse = (steps: readonly { tool: string; params?: object }[]) => chain.params.parse({ steps })
const runChain = (files: Files, steps: Parameters<typeof parse>[0], ctx = testContext()) =>
  run(files, parse(steps), ctx)

function noise(side: number, seed: number): Raster {
  const random = seeded(seed)
  const data = Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) => (i % 4 === 3 ? 255 : random() * 256))
  return { width: side, height: side, data }
}

/** A piece of a picture from (20, 10), with so much noise that it scores about 0.7 there. */
function worn({ width, data }: Raster, side: number): Raster {
  const random = seeded(3)
  const piece = new Uint8ClampedArray(side * side * 4).fill(255)
  for (let i = 0; i < side * side * 4; i++) {
    const [x, y] = [20 + ((i >> 2) % side), 10 + Math.floor((i >> 2) / side)]
    if (i % 4 < 3) piece[i] = (data[(y * width + x) * 4 + (i % 4)] + random() * 256) / 2
  }
  return { width: side, height: side, data: piece }
}

const image = noise(96, 1)
const files = { image, template: worn(image, 16) }
const STRICT = { tool: 'template', params: { threshold: 0.95 } }
const LAX = { tool: 'template', params: { threshold: 0.5 } }

describe('a chain', () => {
  test('stops at the first step that finds, and skips the rest', async () => {
    const { data } = await runChain(files, [STRICT, LAX, { tool: 'feature' }])
    const { params: defaults } = findTool('feature').spec
    expect(data).toMatchObject({
      chain_result: 'found',
      completed_step: 2,
      total_steps: 3,
      steps: [
        { step: 1, tool: 'template', params: STRICT.params, status: 'done', found: false },
        { step: 2, tool: 'template', params: LAX.params, status: 'done', found: true },
        {},
      ],
    })
    expect(data.steps[2]).toEqual({ step: 3, tool: 'feature', params: defaults.parse({}), status: 'skipped' })
  })

  test('that finds nothing runs every step', async () => {
    const { data } = await runChain(files, [STRICT, STRICT])
    expect(data).toMatchObject({ chain_result: 'not_found', completed_step: 2, total_steps: 2 })
    expect(data.steps.map(({ status }) => status)).toEqual(['done', 'done'])
  })

  test('answers for each step as its tool does by itself', async () => {
    const template = findTool('template')
    const { run: alone } = await template.load()
    const byItself = await alone(files, template.spec.params.parse(LAX.params), testContext())
    const { data, artefacts } = await runChain(files, [STRICT, LAX])
    expect(data.steps[1]).toMatchObject({ result_data: byItself.data })
    expect(artefacts['step-2-matches']).toEqual(Object(byItself.artefacts).matches)
  })

  test('names the files of its steps so that none overwrites another', async () => {
    const { data, artefacts } = await runChain(files, [STRICT, LAX])
    const names = data.steps.map((step) => ('result_files' in step ? step.result_files : []))
    expect(names).toEqual([
      ['step-1-matches.png', 'step-1-heatmap.png'],
      ['step-2-matches.png', 'step-2-heatmap.png'],
    ])
    expect(Object.keys(artefacts).map((name) => `${name}.png`)).toEqual(names.flat())
  })

  test('takes the files by the order of slots: image is the query, template the train image', async () => {
    const { data } = await runChain(files, [{ tool: 'feature' }])
    const feature = findTool('feature')
    const { run: alone } = await feature.load()
    const inputs = { query_image: files.image, train_image: files.template }
    const byItself = await alone(inputs, feature.spec.params.parse({}), testContext())
    expect(data.steps[0]).toMatchObject({ result_data: byItself.data })
  })

  test('of surface steps takes the first file for the model and the second for the scene', async () => {
    const scene = moved(pebble(), placed([0, 0, 1], 30, [10, 5, 2]))
    const { data } = await runChain({ image: pebble(), template: scene }, [{ tool: 'surface' }])
    expect(data).toMatchObject({ chain_result: 'found', steps: [{ result_data: { poses_found: 1 } }] })
    expect(data.steps[0]).toMatchObject({ result_files: ['step-1-pose.png'] })
  })

  test('goes on to the next surface step where the object is absent', async () => {
    const { data } = await runChain({ image: pebble(), template: box() }, [{ tool: 'surface' }, { tool: 'surface' }])
    expect(data).toMatchObject({ chain_result: 'not_found', completed_step: 2 })
  })

  test('reports progress over all steps, never falling', async () => {
    const seen: number[] = []
    const checkpoint = async (done: number, total: number) => void seen.push(done / total)
    await runChain(files, [STRICT, LAX], testContext({ checkpoint }))
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toBeGreaterThan(0.5)
    expect(seen.at(-1)).toBeLessThanOrEqual(1)
  })
})

describe('what does not fit a step is refused before anything runs', () => {
  const refusal = (files: Files, steps: readonly Partial<Step>[]) =>
    Promise.resolve(check(files, parse(steps as Step[]))).catch((error) => error)

  test('a surface step with pictures', async () => {
    expect(await refusal(files, [LAX, { tool: 'surface' }])).toMatchObject({
      code: 'invalid-input',
      message: 'Step 2 (surface) takes a PLY file with points as image, not a picture',
      issues: [{ path: ['steps', 1, 'tool'], input: 'surface' }],
    })
  })

  test('a template step with point clouds', async () => {
    expect(await refusal({ image: box(), template: box() }, [{ tool: 'surface' }, LAX])).toMatchObject({
      message: 'Step 2 (template) takes a picture as image, not a PLY file with points',
      issues: [{ path: ['steps', 1, 'tool'] }],
    })
  })

  test('a file of another kind in the second place only', async () => {
    expect(await refusal({ image: box(), template: image }, [{ tool: 'surface' }])).toMatchObject({
      message: 'Step 1 (surface) takes a PLY file with points as template, not a picture',
    })
  })

  test('what the tool of a step refuses, named by the field of the chain', async () => {
    expect(await refusal({ image: files.template, template: image }, [{ tool: 'feature' }, LAX])).toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/^Step 2 \(template\): .*larger/),
      issues: [{ path: ['template'] }],
    })
  })

  test('and what fits is not', async () => {
    expect(await refusal(files, [STRICT, LAX])).toBeUndefined()
  })
})
