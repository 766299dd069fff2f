import type { ModelRunner, Tensor } from './ports'

type Feeds = Readonly<Record<string, Tensor>>

interface Waiting {
  readonly feeds: Feeds
  resolve(outputs: Record<string, Tensor>): void
  reject(error: unknown): void
}

/**
 * A runner for several runs beside each other: what they ask of one model with inputs of one shape while it is busy goes
 * to it together, at most `most` pictures at once. The first axis of every tensor must count pictures.
 */
export function mergedRuns(models: ModelRunner, most: number): ModelRunner {
  const queues = new Map<string, Waiting[]>()
  const busy = new Set<string>()

  async function work(model: string): Promise<void> {
    busy.add(model)
    await null // runs that begin in the same moment go together
    for (let batch = take(model); batch.length > 0; batch = take(model)) await runTogether(models, model, batch)
    busy.delete(model)
  }

  /** The longest that waits, and others of its shape. */
  function take(model: string): Waiting[] {
    const queue = queues.get(model) ?? []
    const batch: Waiting[] = []
    let pictures = 0
    for (const one of [...queue]) {
      const isAlike = batch.length === 0 || shapeOf(one.feeds) === shapeOf(batch[0].feeds)
      if (!isAlike || (batch.length > 0 && pictures + picturesIn(one.feeds) > most)) continue
      batch.push(one)
      pictures += picturesIn(one.feeds)
      queue.splice(queue.indexOf(one), 1)
    }
    return batch
  }

  return {
    has: (model) => models.has(model),
    backend: (model) => models.backend(model),
    loadMs: () => models.loadMs(),
    run: (model, feeds) =>
      new Promise((resolve, reject) => {
        const queue = queues.get(model) ?? []
        queues.set(model, queue)
        queue.push({ feeds, resolve, reject })
        if (!busy.has(model)) void work(model)
      }),
  }
}

const picturesIn = (feeds: Feeds): number => Object.values(feeds)[0].dims[0]

/** Names and all axes but the first. */
const shapeOf = (feeds: Feeds): string =>
  JSON.stringify(Object.entries(feeds).map(([name, { dims }]) => [name, dims.slice(1)]))

async function runTogether(models: ModelRunner, model: string, batch: readonly Waiting[]): Promise<void> {
  try {
    const counts = batch.map(({ feeds }) => picturesIn(feeds))
    const outputs = await models.run(model, joined(batch.map(({ feeds }) => feeds)))
    let from = 0
    for (const [i, { resolve }] of batch.entries()) {
      resolve(rowsOf(outputs, from, from + counts[i]))
      from += counts[i]
    }
  } catch (error) {
    for (const { reject } of batch) reject(error)
  }
}

function joined(all: readonly Feeds[]): Feeds {
  if (all.length === 1) return all[0]
  return Object.fromEntries(Object.keys(all[0]).map((name) => [name, stacked(all.map((feeds) => feeds[name]))]))
}

function stacked(tensors: readonly Tensor[]): Tensor {
  const [{ dims, data }] = tensors
  const all = emptyLike(
    data,
    tensors.reduce((sum, tensor) => sum + tensor.data.length, 0),
  )
  let at = 0
  for (const tensor of tensors) {
    ;(all as { set(values: unknown, at: number): void }).set(tensor.data, at)
    at += tensor.data.length
  }
  return { dims: [tensors.reduce((sum, tensor) => sum + tensor.dims[0], 0), ...dims.slice(1)], data: all }
}

const emptyLike = (data: Tensor['data'], length: number): Tensor['data'] =>
  new (data.constructor as new (length: number) => Tensor['data'])(length)

function rowsOf(outputs: Feeds, from: number, to: number): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { dims, data }]) => {
      const row = data.length / dims[0]
      return [name, { dims: [to - from, ...dims.slice(1)], data: data.slice(from * row, to * row) }]
    }),
  )
}
