import * as Comlink from 'comlink'
import { failure, type Outcome } from '../../../core/errors'
import type { Backend } from '../../../core/inference/backend'
import type { Choice } from '../../../core/inference/choose'
import { Models } from '../../../core/inference/models'
import type { Tensor } from '../../../core/ports'
import { toTensor } from '../../../core/preprocess/to-tensor'
import type { Raster } from '../../../core/raster'
import type { Model, Preprocess } from '../../../models/model'
import { type WebWeights, webBackends } from '../../../workers/adapters/ort-web'
import { nameOf } from '../../../workers/models/folder'
import { modelStore } from '../../../workers/models/store'
import type { SyncAccess } from '../../../workers/models/sync-access'

/** A model with its bytes: nothing is downloaded where only runs are tested. */
interface Given {
  readonly model: Model
  readonly onnx: Uint8Array<ArrayBuffer>
}

let backends: Promise<readonly Backend<WebWeights>[]> | undefined
const available = () => {
  backends ??= webBackends('any')
  return backends
}

const hostOf = ({ model, onnx }: Given, recalled?: Choice) =>
  new Models<WebWeights>({
    find: (id) => (id === model.id ? model : undefined),
    source: { has: async () => true, load: async () => [onnx] },
    backends: available,
    choices: { recall: async () => recalled, remember: async () => {} },
    memoryBytes: 1e9,
    now: () => performance.now(),
  })

const plain = (tensor: Tensor) => ({ dims: tensor.dims, values: Array.from(tensor.data, Number) })

async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return failure(error, console.error)
  }
}

let stopping = new AbortController()

let diskBytes = Number.POSITIVE_INFINITY
const handles: { prototype: SyncAccess } = Reflect.get(globalThis, 'FileSystemSyncAccessHandle')
const { write } = handles.prototype
handles.prototype.write = function limited(buffer, options) {
  if (options.at + buffer.length > diskBytes) throw new DOMException('No space left', 'QuotaExceededError')
  return write.call(this, buffer, options)
}

const harness = {
  backends: async () => (await available()).map(({ name }) => name),
  /** What every backend makes of the same feed. */
  async runEverywhere({ model, onnx }: Given, x: Tensor) {
    const answers = []
    for (const backend of await available()) {
      const session = await backend.open(model, [onnx])
      answers.push({ name: backend.name, ...plain((await session.run({ x })).y) })
      await session.release()
    }
    return answers
  },
  /** Through the whole runner, with its self-test. */
  run: (given: Given, x: Tensor) =>
    outcomeOf(async () => {
      const models = hostOf(given)
      const { y } = await models.run(given.model.id, { x })
      return { ...plain(y), backend: models.backend(given.model.id) }
    }),
  /** The GPU is taken away between two runs. */
  async runAcrossLoss(given: Given, x: Tensor) {
    const models = hostOf(given, { backend: 'WebGPU' })
    await models.run(given.model.id, { x })
    const before = models.backend(given.model.id)
    const ort =
      'Suspending' in WebAssembly ? await import('onnxruntime-web/jspi') : await import('onnxruntime-web/webgpu')
    const device = (await ort.env.webgpu.device) as GPUDevice
    device.destroy()
    const { y } = await models.run(given.model.id, { x })
    backends = undefined
    return { before, after: models.backend(given.model.id), ...plain(y) }
  },
  toTensor: async (raster: Raster, preprocess: Preprocess) => plain((await toTensor(raster, preprocess)).tensor),

  state: (model: Model) => modelStore.state(model),
  /** @param stopAt bytes after which the download is stopped, as by a user */
  download: (model: Model, stopAt = Number.POSITIVE_INFINITY) =>
    outcomeOf(async () => {
      stopping = new AbortController()
      const seen: number[] = []
      await modelStore.download(model, {
        signal: stopping.signal,
        onProgress: (bytes) => {
          seen.push(bytes)
          if (bytes >= stopAt) stopping.abort()
        },
      })
      return seen
    }),
  read: (model: Model) => outcomeOf(() => modelStore.read(model)),
  accept: (model: Model) => modelStore.accept(model, true),
  remove: (model: Model) => modelStore.remove(model),
  verify: (model: Model) => modelStore.verify(model),
  /** Refuses to write beyond so many bytes of a file, as browsers do at the end of the quota. */
  fillDisk(bytes: number) {
    diskBytes = bytes
  },
  /** Flips a bit of what is stored, as a failing disk would. */
  async damage({ id, files }: Model) {
    const folder = await (
      await (await navigator.storage.getDirectory()).getDirectoryHandle('models')
    ).getDirectoryHandle(id)
    const file = await folder.getFileHandle(nameOf(files[0]))
    const writable = await file.createWritable({ keepExistingData: true })
    await writable.write({ type: 'write', position: 7, data: Uint8Array.of(255) })
    await writable.close()
  },
}

export type Harness = typeof harness
Comlink.expose(harness)
