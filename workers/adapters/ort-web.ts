import type * as Ort from 'onnxruntime-web'
import { type Backend, BackendLostError, type Session, type Tensors } from '../../core/inference/backend'
import { elementType } from '../../core/inference/element-type'
import type { Tensor } from '../../core/ports'
import type { Model } from '../../models/model'

/** The files of a model, in the order of the manifest: the graph, then weights that it names. */
export type WebWeights = readonly Uint8Array<ArrayBuffer>[]

const MOST_THREADS = 8 // beyond that they wait for each other more than they help
const ADAPTER_MS = 3000

/**
 * ONNX Runtime Web in this worker: WebGPU where there is an adapter, and WASM, with threads where the page is isolated.
 * One build of the runtime is loaded, which has both.
 */
export async function webBackends(): Promise<readonly Backend<WebWeights>[]> {
  const hasGpu = await hasAdapter()
  const ort = await (hasGpu ? loadWithGpu() : import('onnxruntime-web/wasm'))
  ort.env.logLevel = 'error'
  ort.env.wasm.numThreads = threads()
  const wasm: Backend<WebWeights> = {
    name: threads() > 1 ? 'WASM threads' : 'WASM',
    open: async (model, weights) => toSession(ort, await create(ort, 'wasm', model, weights)),
  }
  return hasGpu ? [webGpu(ort), wasm] : [wasm]
}

/** Where WASM can wait for promises by itself, the smaller and quicker of the two builds does. */
const loadWithGpu = (): Promise<typeof Ort> =>
  'Suspending' in WebAssembly ? import('onnxruntime-web/jspi') : import('onnxruntime-web/webgpu')

function threads(): number {
  if (!globalThis.crossOriginIsolated) return 1
  const cores = navigator.hardwareConcurrency || 1
  return Math.min(cores <= 4 ? cores : Math.ceil(cores / 2), MOST_THREADS)
}

async function hasAdapter(): Promise<boolean> {
  if (!navigator.gpu) return false
  const late = new Promise<null>((resolve) => setTimeout(resolve, ADAPTER_MS, null))
  return (await Promise.race([navigator.gpu.requestAdapter(), late]).catch(() => null)) !== null
}

function webGpu(ort: typeof Ort): Backend<WebWeights> {
  let isLost = false
  let watched: Promise<void> | undefined
  /** The runtime asks for its one device with its first session. */
  const watch = async () => {
    const device = (await ort.env.webgpu.device) as GPUDevice
    void device.lost.then(() => {
      isLost = true
    })
  }
  /** What fails on a device that is lost fails for that reason, whatever the runtime says. */
  async function onDevice<T>(work: () => Promise<T>): Promise<T> {
    if (isLost) throw new BackendLostError('The GPU was lost')
    try {
      return await work()
    } catch (cause) {
      await new Promise((resolve) => setTimeout(resolve)) // the news of a loss may still be on its way
      throw isLost ? new BackendLostError('The GPU was lost', { cause }) : cause
    }
  }
  return {
    name: 'WebGPU',
    open: (model, weights) =>
      onDevice(async () => {
        const session = toSession(ort, await create(ort, 'webgpu', model, weights))
        watched ??= watch()
        await watched
        return { run: (feeds) => onDevice(() => session.run(feeds)), release: session.release }
      }),
  }
}

const create = (ort: typeof Ort, provider: 'wasm' | 'webgpu', { files }: Model, [graph, ...rest]: WebWeights) =>
  ort.InferenceSession.create(graph, {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    externalData: rest.map((data, index) => ({ path: files[index + 1].name, data })),
  })

const toSession = (ort: typeof Ort, session: Ort.InferenceSession): Session => ({
  run: async (feeds) => fromOrt(await session.run(toOrt(ort, feeds))),
  release: () => session.release(),
})

const toOrt = (ort: typeof Ort, feeds: Tensors): Record<string, Ort.Tensor> =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, tensor]) => [
      name,
      new ort.Tensor(elementType(tensor), tensor.data, tensor.dims),
    ]),
  )

/** The port has no other element types than those of the manifest. */
async function fromOrt(outputs: Ort.InferenceSession.OnnxValueMapType): Promise<Record<string, Tensor>> {
  const read = Object.entries(outputs).map(async ([name, value]) => {
    const tensor = value as Ort.Tensor
    const data = (await tensor.getData()) as Tensor['data']
    return [name, { dims: tensor.dims, data }] as const
  })
  return Object.fromEntries(await Promise.all(read))
}
