/** Pixels of the first input. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  readonly score?: number
  /** What it holds, where the tool says so. */
  readonly name?: string
}

/** The boxes in a field of `result_data`. */
export function boxesOf(data: Readonly<Record<string, unknown>>, field: string): readonly Box[] {
  const value = data[field]
  return Array.isArray(value) ? value.filter(isBox) : []
}

function isBox(value: unknown): value is Box {
  return typeof value === 'object' && value !== null && ['x', 'y', 'w', 'h'].every((key) => key in value)
}
