import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { findModel } from '../../models/manifest'
import { run } from '../../operators/fingerprint/run'
import { childModels } from '../../server/compute/models'
import { openLibrary } from '../../server/models/library'
import { createModels } from '../../server/models/models'
import { OnnxGraph } from '../../server/models/tfjs-to-onnx/onnx-graph'
import { testContext } from '../support'
import { silent, temporaryFolder } from './support'

const ID = 'sscd-disc-mixup'
const IMAGE = { width: 64, height: 40, data: new Uint8ClampedArray(64 * 40 * 4).fill(90) }

/** A network of a few kilobytes that takes and gives what SSCD does: each channel's mean, times as many weights. */
function network(numbers: number): Uint8Array {
  const graph = new OnnxGraph()
  graph.input('images', ['N', 3, 320, 320])
  const means = graph.node('Flatten', [graph.node('GlobalAveragePool', ['images'])])
  const weights = Float32Array.from({ length: 3 * numbers }, (_, i) => Math.sin(i + 1))
  const product = graph.node('MatMul', [
    means,
    graph.constant('weights', [3, numbers], 'float32', new Uint8Array(weights.buffer)),
  ])
  graph.output('embedding', { name: product, dims: ['N', numbers] })
  return graph.serialize()
}

async function supplied(file?: Uint8Array) {
  const [cache, folder] = [await temporaryFolder(), await temporaryFolder()]
  const [{ name }] = findModel(ID)?.files ?? []
  if (file) {
    await mkdir(join(folder, ID))
    await writeFile(join(folder, ID, `${name}`), file)
  }
  const config = { cache, folder, acceptLicences: [], fetchDefaults: true }
  const models = childModels({ library: config, device: 'cpu', threads: 1, memoryBytes: 1e9 })
  onTestFinished(() => models.dispose())
  const library = openLibrary(config)
  return { models, library, shelf: createModels(library, silent) }
}

describe('a model that the user supplies', () => {
  test('is used from the folder of own models, and embeds pictures', async () => {
    const { models, library } = await supplied(network(512))
    expect(await library.state(ID)).toEqual({ state: 'installed' })
    const { data } = await run({ image: IMAGE }, { model: ID }, testContext({ models }))
    expect(data).toMatchObject({ model: ID, embedding_dim: 512 })
    expect(data.embedding.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 5)
  })

  test.each([
    ['gives something else', network(256), /gives embedding float32\[N×256\] in place of embedding float32\[N×512\]/],
    ['is no network', Buffer.from('not ONNX'), /SSCD .+ cannot be computed here: CPU failed/],
  ])('is refused with a sentence when its file %s', async (_, file, sentence) => {
    const { models } = await supplied(file)
    const refused = run({ image: IMAGE }, { model: ID }, testContext({ models }))
    await expect(refused).rejects.toMatchObject({ code: 'model-unavailable', message: expect.stringMatching(sentence) })
  })

  test('is never fetched: who asks for it is told how to supply it', async () => {
    const { models, library, shelf } = await supplied()
    const refusal = {
      code: 'model-unavailable',
      message: expect.stringContaining(`put ${ID}/sscd_disc_mixup.onnx into MODELS_DIR`),
    }
    await expect(library.ensure([ID])).rejects.toMatchObject(refusal)
    await expect(shelf.fetch(ID)).rejects.toMatchObject(refusal)
    await expect(models.run(ID, {})).rejects.toMatchObject(refusal)
    expect(await library.state(ID)).toEqual({ state: 'absent' })
  })

  test('is not handed on, since nobody can check it', async () => {
    const { shelf } = await supplied(network(512))
    expect(await shelf.open(ID, 'sscd_disc_mixup.onnx')).toBeUndefined()
  })
})
