type Data = Readonly<Record<string, unknown>>

/** A value of `result_data` by the path of its field, `attributes.age`; undefined where it is not there. */
export function valueAt(data: Data, path: string): unknown {
  let value: unknown = data
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Data)[name]
  }
  return value
}
