import { expect, test } from 'vitest'
import { notedModels } from '../../operators/noted-models'

const backends: Readonly<Record<string, { name: string; note?: string }>> = {
  moved: { name: 'WASM', note: 'WebGPU computes wrong numbers.' },
  alike: { name: 'WASM', note: 'WebGPU computes wrong numbers.' },
  lost: { name: 'CPU', note: 'CUDA was lost.' },
  fine: { name: 'WebGPU' },
}
const runner = {
  run: async () => ({}),
  has: async () => true,
  backend: (model: string) => backends[model],
  loadMs: () => 0,
}

test('says once why models that ran were not computed by a better backend, and nothing of those that did not run', async () => {
  const { models, note } = notedModels(runner)
  expect(note()).toBeUndefined()
  await models.run('fine', {})
  expect(note()).toBeUndefined()
  await models.run('moved', {})
  await models.run('alike', {})
  expect(note()).toBe('WebGPU computes wrong numbers.')
  await models.run('lost', {})
  expect(note()).toBe('WebGPU computes wrong numbers. CUDA was lost.')
})
