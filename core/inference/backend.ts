import type { Model } from '../../models/model'
import type { Tensor } from '../ports'

export type Tensors = Readonly<Record<string, Tensor>>

/** A model that is open on one backend. */
export interface Session {
  /** @returns every output by name. @throws BackendLostError, or anything else that the backend has to say */
  run(feeds: Tensors): Promise<Record<string, Tensor>>
  release(): Promise<void>
}

/** One way to compute models on this host: an execution provider of ONNX Runtime. */
export interface Backend<Weights> {
  /** For people: `WebGPU`, `WASM threads`, `CPU`. */
  readonly name: string
  /** @throws when it cannot be had on this host, or cannot compute this model */
  open(model: Model, weights: Weights): Promise<Session>
}

/** The device is gone (driver reset, GPU unplugged or taken away), with every session on it. */
export class BackendLostError extends Error {
  override readonly name = 'BackendLostError'
}
