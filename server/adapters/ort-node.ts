import * as ort from 'onnxruntime-node'
import type { Backend, Session, Tensors } from '../../core/inference/backend'
import { elementType } from '../../core/inference/element-type'
import type { Tensor } from '../../core/ports'
import { requireSignature } from './signature'

/** What `PROCESSING_DEVICE` may ask for. */
export type Device = 'cpu' | 'webgpu' | 'cuda'

const NAMES: Readonly<Record<Device, string>> = { cpu: 'CPU', webgpu: 'WebGPU', cuda: 'CUDA' }

/**
 * ONNX Runtime for Node, which opens models by path: the asked device first, then the CPU. A device that is not there
 * says so when the first model is opened on it.
 *
 * @param threads of one run on the CPU
 */
export function nodeBackends(device: Device, threads: number): readonly Backend<string>[] {
  const devices = new Set<Device>([device, 'cpu'])
  return [...devices].map((name) => ({
    name: NAMES[name],
    open: async (model, path) => {
      const session = await ort.InferenceSession.create(path, {
        executionProviders: [name],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        graphOptimizationLevel: 'all',
        extra: { session: { intra_op: { allow_spinning: '0' } } }, // waiting threads would take the cores of other processes
        logSeverityLevel: 3, // its warnings are about nodes that it places on the CPU, as it should
      })
      try {
        if (model.files.some(({ sha256 }) => sha256 === undefined)) requireSignature(model, session)
      } catch (error) {
        await session.release()
        throw error
      }
      return toSession(session)
    },
  }))
}

const toSession = (session: ort.InferenceSession): Session => ({
  run: async (feeds) => fromOrt(await session.run(toOrt(feeds))),
  release: () => session.release(),
})

const toOrt = (feeds: Tensors): Record<string, ort.Tensor> =>
  Object.fromEntries(
    Object.entries(feeds).map(([name, tensor]) => [
      name,
      new ort.Tensor(elementType(tensor), tensor.data, tensor.dims),
    ]),
  )

/** The port has no other element types than those of the manifest. */
const fromOrt = (outputs: ort.InferenceSession.OnnxValueMapType): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => {
      const { dims, data } = value as ort.Tensor
      return [name, { dims, data: data as Tensor['data'] }]
    }),
  )
