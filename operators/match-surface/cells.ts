/** Hash of a cell of an unbounded grid, so that one far outlier costs nothing. @see Teschner et al., VMV 2003 */
export function cellHash(x: number, y: number, z: number): number {
  return (Math.imul(x, 73856093) ^ Math.imul(y, 19349663) ^ Math.imul(z, 83492791)) >>> 0
}

/** Smallest power of two that is at least `n`. */
export function powerOfTwo(n: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, n)))
}

/** Open-addressing table from a grid cell to a number. Plain data, so that other threads can read it. */
export interface CellTable {
  readonly mask: number
  readonly keys: Int32Array<ArrayBuffer>
  /** One value per place; -1 where the place is free. */
  readonly values: Int32Array<ArrayBuffer>
}

/** @param capacity most cells it will hold */
export function cellTable(capacity: number): CellTable {
  const size = powerOfTwo(capacity * 2)
  return { mask: size - 1, keys: new Int32Array(size * 3), values: new Int32Array(size).fill(-1) }
}

/** The same with room for twice as many. */
export function doubled({ mask, keys, values }: CellTable): CellTable {
  const table = cellTable(mask + 1)
  for (let at = 0; at <= mask; at++) {
    if (values[at] === -1) continue
    const [x, y, z] = [keys[at * 3], keys[at * 3 + 1], keys[at * 3 + 2]]
    putCell(table, placeOf(table, x, y, z), x, y, z, values[at])
  }
  return table
}

/** Index into `values` of the cell, or of the free place where it belongs; a full table has none, and is searched for ever. */
export function placeOf({ keys, values, mask }: CellTable, x: number, y: number, z: number): number {
  let at = cellHash(x, y, z) & mask
  while (values[at] !== -1 && (keys[at * 3] !== x || keys[at * 3 + 1] !== y || keys[at * 3 + 2] !== z)) {
    at = (at + 1) & mask
  }
  return at
}

export function putCell({ keys, values }: CellTable, place: number, x: number, y: number, z: number, value: number) {
  keys[place * 3] = x
  keys[place * 3 + 1] = y
  keys[place * 3 + 2] = z
  values[place] = value
}
