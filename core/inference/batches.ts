import type { Model } from '../../models/model'
import type { Tensor } from '../ports'
import type { Session, Tensors } from './backend'

/** Runs feeds of more pictures than the model takes at once in parts, and puts the answers together again. */
export async function runInBatches({ run }: Session, model: Model, feeds: Tensors): Promise<Record<string, Tensor>> {
  const count = pictures(model, feeds)
  if (count <= model.batch) return run(feeds)
  const answers: Record<string, Tensor>[] = []
  for (let from = 0; from < count; from += model.batch) {
    answers.push(await run(mapTensors(feeds, (tensor) => rows(tensor, from, Math.min(from + model.batch, count)))))
  }
  return mapTensors(answers[0], (_, name) => joined(answers.map((answer) => answer[name])))
}

/** How many pictures lie along the first axis; 0 where that axis is something else. */
function pictures({ inputs }: Model, feeds: Tensors): number {
  const lengths = new Set(Object.values(feeds).map(({ dims }) => dims[0] ?? 0))
  const isBatch = inputs.every(({ shape }) => typeof shape[0] === 'string' || shape[0] === 1)
  return isBatch && lengths.size === 1 ? [...lengths][0] : 0
}

function mapTensors(tensors: Tensors, change: (tensor: Tensor, name: string) => Tensor): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, change(tensor, name)]))
}

function rows({ dims, data }: Tensor, from: number, to: number): Tensor {
  const length = data.length / dims[0]
  return { dims: [to - from, ...dims.slice(1)], data: data.slice(from * length, to * length) }
}

function joined(parts: readonly Tensor[]): Tensor {
  const total = parts.reduce((sum, { dims }) => sum + dims[0], 0)
  const data = parts[0].data.constructor as new (length: number) => Tensor['data']
  const all = new data(parts.reduce((sum, part) => sum + part.data.length, 0))
  let at = 0
  for (const part of parts) {
    ;(all as { set(values: unknown, offset: number): void }).set(part.data, at)
    at += part.data.length
  }
  return { dims: [total, ...parts[0].dims.slice(1)], data: all }
}
