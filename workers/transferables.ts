/** Every buffer inside a result, once: typed arrays may share one. Records and arrays are searched to any depth. */
export function transferables(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>()
  collect(value, found)
  return [...found]
}

function collect(value: unknown, found: Set<ArrayBuffer>): void {
  if (value === null || typeof value !== 'object') return
  if (value instanceof ArrayBuffer) found.add(value)
  else if (ArrayBuffer.isView(value)) collect(value.buffer, found)
  else for (const inner of Object.values(value)) collect(inner, found)
}
