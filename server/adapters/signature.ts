import type { InferenceSession } from 'onnxruntime-node'
import type { Model, TensorSpec } from '../../models/model'

type Signature = Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'>

/**
 * Compares what a file takes and gives with what the manifest says: all that can be known of one that nobody publishes.
 *
 * @throws Error that names the first tensor that differs
 */
export function requireSignature({ files: [file], inputs, outputs }: Model, session: Signature): void {
  requireAll(`${file.name} takes`, inputs, session.inputMetadata)
  requireAll(`${file.name} gives`, outputs, session.outputMetadata)
}

type Found = InferenceSession.ValueMetadata

function requireAll(verb: string, wanted: readonly TensorSpec[], found: readonly Found[]): void {
  const missing = wanted.find((spec) => !found.some((one) => fits(spec, one)))
  const other = found.find(({ name }) => !wanted.some((spec) => spec.name === name))
  if (!missing && !other) return
  throw new Error(`${verb} ${found.map(words).join(', ')} in place of ${wanted.map(inWords).join(', ')}`)
}

/** An axis that the manifest names must be of any length; one that it counts may be. */
function fits(spec: TensorSpec, found: Found): boolean {
  if (!found.isTensor || found.name !== spec.name || found.type !== spec.type) return false
  if (found.shape.length !== spec.shape.length) return false
  return spec.shape.every((axis, i) => typeof found.shape[i] === 'string' || found.shape[i] === axis)
}

const words = (found: Found): string => (found.isTensor ? inWords(found) : found.name)

const inWords = ({ name, type, shape }: Pick<TensorSpec, 'name' | 'shape'> & { readonly type: string }): string =>
  `${name} ${type}[${shape.map((axis) => axis || '?').join('×')}]`
