import type * as Ort from 'onnxruntime-web'
import { ToolError } from '../../core/errors'
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
 *
 * @param gpus `hardware` leaves out an adapter that the processor plays: WASM does the same sooner
 */
export async function webBackends(gpus: 'hardware' | 'any'): Promise<readonly Backend<WebWeights>[]> {
  const hasGpu = await hasAdapter(gpus)
  const ort = await load(hasGpu)
  ort.env.logLevel = 'error'
  ort.env.wasm.numThreads = threads()
  const wasm: Backend<WebWeights> = {
    name: threads() > 1 ? 'WASM threads' : 'WASM',
    open: async (model, weights) => toSession(ort, await create(ort, 'wasm', model, weights)),
  }
  return hasGpu ? [webGpu(ort), wasm] : [wasm]
}

async function load(hasGpu: boolean): Promise<typeof Ort> {
  try {
    if (!hasGpu) return await import('onnxruntime-web/wasm')
    // Where WASM can wait for promises by itself, the smaller and quicker of the two builds with WebGPU does.
    return await ('Suspending' in WebAssembly ? import('onnxruntime-web/jspi') : import('onnxruntime-web/webgpu'))
  } catch (cause) {
    const message = 'What runs models could not be loaded; the first run of a tool with a model needs the network'
    throw new ToolError('unavailable', message, { cause })
  }
}

function threads(): number {
  if (!globalThis.crossOriginIsolated) return 1
  const cores = navigator.hardwareConcurrency || 1
  return Math.min(cores <= 4 ? cores : Math.ceil(cores / 2), MOST_THREADS)
}

async function hasAdapter(gpus: 'hardware' | 'any'): Promise<boolean> {
  if (!navigator.gpu) return false
  const late = new Promise<null>((resolve) => setTimeout(resolve, ADAPTER_MS, null))
  const adapter = await Promise.race([navigator.gpu.requestAdapter(), late]).catch(() => null)
  return adapter !== null && (gpus === 'any' || !adapter.info?.isFallbackAdapter)
}

/** The runtime has one device for all sessions: it asks for one with the first and gives it back with the last. */
const webGpu = (ort: typeof Ort): Backend<WebWeights> => ({
  name: 'WebGPU',
  open: async (model, weights) => {
    const session = toSession(ort, await create(ort, 'webgpu', model, weights))
    const device = (await ort.env.webgpu.device) as GPUDevice
    let isLost = false
    void device.lost.then(() => {
      isLost = true
    })
    return {
      async run(feeds) {
        if (isLost) throw new BackendLostError('The GPU was lost')
        try {
          return await session.run(feeds)
        } catch (cause) {
          await new Promise((resolve) => setTimeout(resolve)) // the news of a loss may still be on its way
          throw isLost ? new BackendLostError('The GPU was lost', { cause }) : cause
        }
      },
      release: session.release,
    }
  },
})

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
