// A thread that runs the plate models on inputs that lie ready: it gets lists of runs and answers each when it is done.
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import * as ort from 'onnxruntime-node'
import { findModel } from '../../models/manifest'
import { openLibrary } from '../../server/models/library'
import { type Asked, library } from './plates-host'

const sessions = new Map<string, ort.InferenceSession>()
for (const id of ['darkroom-plates', 'darkroom-plate-corners']) {
  const path = join(await openLibrary(library).path(id), findModel(id)?.files[0].name ?? '')
  const options = { intraOpNumThreads: workerData, interOpNumThreads: 1, logSeverityLevel: 3 } as const
  sessions.set(id, await ort.InferenceSession.create(path, options))
}

const inputs = new Map<string, ort.Tensor>()

/** One for each shape, made when first asked for. */
function inputOf(dims: readonly number[]): ort.Tensor {
  const values = () => new Float32Array(dims.reduce((product, length) => product * length)).fill(0.4)
  const tensor = inputs.get(dims.join()) ?? new ort.Tensor('float32', values(), dims)
  inputs.set(dims.join(), tensor)
  return tensor
}

parentPort?.on('message', async (asked: readonly Asked[]) => {
  for (const { model, input, dims } of asked) await sessions.get(model)?.run({ [input]: inputOf(dims) })
  parentPort?.postMessage('done')
})
parentPort?.postMessage('ready')
