/** The nearest and second nearest train descriptor of every query descriptor. */
export interface Nearest {
  /** Of the nearest; -1 where there is none. */
  readonly index: Int32Array<ArrayBuffer>
  /** To the nearest and to the second, Euclidean or Hamming; infinite where there is none. */
  readonly distance: Float32Array<ArrayBuffer>
  readonly second: Float32Array<ArrayBuffer>
}

/** Stands for the distance to what is not there. */
export const NONE = 0x7fffffff

/** @param found four numbers a query: both indices, both distances; Euclidean ones are still squared */
export function toNearest(found: Int32Array, squared: boolean): Nearest {
  const count = found.length / 4
  const distanceOf = (value: number) => (value === NONE ? Number.POSITIVE_INFINITY : squared ? Math.sqrt(value) : value)
  return {
    index: Int32Array.from({ length: count }, (_, i) => found[4 * i]),
    distance: Float32Array.from({ length: count }, (_, i) => distanceOf(found[4 * i + 2])),
    second: Float32Array.from({ length: count }, (_, i) => distanceOf(found[4 * i + 3])),
  }
}

/** Lets a train descriptor be one of the two nearest of query `q`; equal ones go to the lower index. */
export function offer(found: Int32Array, q: number, index: number, distance: number): void {
  const at = q * 4
  const isCloser = (slot: number) =>
    distance < found[at + 2 + slot] || (distance === found[at + 2 + slot] && index < found[at + slot])
  if (isCloser(0)) {
    found[at + 1] = found[at]
    found[at + 3] = found[at + 2]
    found[at] = index
    found[at + 2] = distance
  } else if (isCloser(1)) {
    found[at + 1] = index
    found[at + 3] = distance
  }
}

/** What a search among no train descriptors gives. */
export const noneFound = (queries: number): Nearest => ({
  index: new Int32Array(queries).fill(-1),
  distance: new Float32Array(queries).fill(Number.POSITIVE_INFINITY),
  second: new Float32Array(queries).fill(Number.POSITIVE_INFINITY),
})
