type TypedArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array

/**
 * The same records and lists, with their typed arrays copied to memory that every thread sees: sent to any number of
 * threads they are not copied again.
 */
export function inCommonMemory<T>(value: T): T {
  return copied(value) as T
}

function copied(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (ArrayBuffer.isView(value)) return shared(value as TypedArray)
  if (Array.isArray(value)) return value.map(copied)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner)]))
}

function shared(array: TypedArray): TypedArray {
  const copy = new (array.constructor as new (buffer: SharedArrayBuffer) => TypedArray)(
    new SharedArrayBuffer(array.byteLength),
  )
  copy.set(array)
  return copy
}
