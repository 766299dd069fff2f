import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { findModel } from '../../models/manifest'
import { openLibrary } from '../../server/models/library'
import { type Asked, library } from './plates-host'

/** Model runs that so many photos take. */
export interface AskedRuns {
  readonly asked: readonly Asked[]
  readonly photos: number
}

const MODELS = ['darkroom-plates', 'darkroom-plate-corners']

/** Makes the same runs with nothing around them, spread over sessions that go on side by side. @param threads of each */
export async function bareSessions(count: number, threads: number): Promise<(runs: AskedRuns) => Promise<void>> {
  const sessions = await Promise.all(Array.from({ length: count }, () => openModels(threads)))
  const inputs = new Map<string, ort.Tensor>()
  return async ({ asked }) => {
    let next = 0
    const work = sessions.map(async (models) => {
      while (next < asked.length) {
        const run = asked[next++]
        await models.get(run.model)?.run({ [run.input]: inputOf(run.dims, inputs) })
      }
    })
    await Promise.all(work)
  }
}

async function openModels(threads: number): Promise<ReadonlyMap<string, ort.InferenceSession>> {
  const opened = MODELS.map(async (id) => {
    const path = join(await openLibrary(library).path(id), findModel(id)?.files[0].name ?? '')
    const options = { intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 } as const
    return [id, await ort.InferenceSession.create(path, options)] as const
  })
  return new Map(await Promise.all(opened))
}

function inputOf(dims: readonly number[], made: Map<string, ort.Tensor>): ort.Tensor {
  const key = dims.join()
  const tensor = made.get(key) ?? grayInput(dims)
  made.set(key, tensor)
  return tensor
}

const grayInput = (dims: readonly number[]): ort.Tensor =>
  new ort.Tensor('float32', new Float32Array(dims.reduce((product, length) => product * length)).fill(0.4), dims)
