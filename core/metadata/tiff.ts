/** One field of a TIFF directory; the value's bytes are in the byte order of their file. */
export interface Entry {
  readonly tag: number
  /** 1..12, as TIFF 6.0 numbers its types. */
  readonly type: number
  readonly count: number
  readonly bytes: Uint8Array
}

interface Tiff {
  readonly littleEndian: boolean
  /** The first directory. */
  readonly first: readonly Entry[]
  /** The directory that a field of the first points to. */
  folder(tag: number): readonly Entry[] | undefined
  /** A field's value as one unsigned 16-bit number. */
  short(value: number): Omit<Entry, 'tag'>
}

const BYTES_OF_TYPE = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
const SHORT = 3
const LONG = 4
const MOST_ENTRIES = 1000

/** Reads the first directory and those below it. Undefined when the structure is broken. */
export function readTiff(bytes: Uint8Array): Tiff | undefined {
  try {
    return parse(bytes)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function parse(bytes: Uint8Array): Tiff | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const littleEndian = view.getUint16(0) === 0x4949
  if (!littleEndian && view.getUint16(0) !== 0x4d4d) return undefined
  if (view.getUint16(2, littleEndian) !== 42) return undefined
  const first = directory(bytes, view, view.getUint32(4, littleEndian), littleEndian)
  return {
    littleEndian,
    first,
    folder: (tag) => {
      const pointer = first.find((entry) => entry.tag === tag && entry.bytes.length === 4)?.bytes
      if (!pointer) return undefined
      const at = new DataView(pointer.buffer, pointer.byteOffset).getUint32(0, littleEndian)
      return directoryOrNone(bytes, view, at, littleEndian)
    },
    short: (value) => ({ type: SHORT, count: 1, bytes: number(value, 2, littleEndian) }),
  }
}

/** A broken directory below the first is as if it were not there. */
function directoryOrNone(bytes: Uint8Array, view: DataView, at: number, littleEndian: boolean) {
  try {
    return directory(bytes, view, at, littleEndian)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function directory(bytes: Uint8Array, view: DataView, start: number, littleEndian: boolean): Entry[] {
  const count = view.getUint16(start, littleEndian)
  if (count > MOST_ENTRIES) throw new RangeError('Too many fields')
  const entries = Array.from({ length: count }, (_, i) => entryAt(bytes, view, start + 2 + 12 * i, littleEndian))
  // Values that share their bytes would each be written out: a thousand fields could make a file a thousand times as long.
  if (entries.reduce((sum, entry) => sum + outside(entry), 0) > bytes.length) throw new RangeError('Values overlap')
  return entries
}

function entryAt(bytes: Uint8Array, view: DataView, at: number, littleEndian: boolean): Entry {
  const [tag, type] = [view.getUint16(at, littleEndian), view.getUint16(at + 2, littleEndian)]
  const count = view.getUint32(at + 4, littleEndian)
  const size = (BYTES_OF_TYPE[type] ?? 0) * count
  const from = size <= 4 ? at + 8 : view.getUint32(at + 8, littleEndian)
  if (from + size > bytes.length) throw new RangeError('A value lies outside the file')
  return { tag, type, count, bytes: bytes.subarray(from, from + size) }
}

/**
 * Writes a first directory with others below it.
 *
 * @param folders by the tag that points to each
 */
export function writeTiff(
  littleEndian: boolean,
  first: readonly Entry[],
  folders: ReadonlyMap<number, readonly Entry[]>,
): Uint8Array {
  const pointers = [...folders.keys()].map((tag) => ({ tag, type: LONG, count: 1, bytes: new Uint8Array(4) }))
  const all = [[...first, ...pointers], ...folders.values()].map(inOrder)
  const starts: number[] = []
  let end = 8
  for (const entries of all) {
    starts.push(end)
    end += directoryBytes(entries)
  }
  for (const [i, { bytes }] of pointers.entries()) bytes.set(number(starts[i + 1], 4, littleEndian))
  const out = new Uint8Array(end)
  const view = new DataView(out.buffer)
  view.setUint16(0, littleEndian ? 0x4949 : 0x4d4d)
  view.setUint16(2, 42, littleEndian)
  view.setUint32(4, starts[0], littleEndian)
  for (const [i, entries] of all.entries()) writeDirectory(out, view, starts[i], entries, littleEndian)
  return out
}

const inOrder = (entries: readonly Entry[]) => entries.toSorted((a, b) => a.tag - b.tag)

const even = (bytes: number) => bytes + (bytes & 1)
const outside = ({ bytes }: Entry) => (bytes.length > 4 ? even(bytes.length) : 0)

const directoryBytes = (entries: readonly Entry[]): number =>
  6 + 12 * entries.length + entries.reduce((sum, entry) => sum + outside(entry), 0)

function writeDirectory(
  out: Uint8Array,
  view: DataView,
  start: number,
  entries: readonly Entry[],
  littleEndian: boolean,
): void {
  view.setUint16(start, entries.length, littleEndian)
  let free = start + 6 + 12 * entries.length // behind the fields and the pointer to the next directory, which stays 0
  for (const [i, entry] of entries.entries()) {
    const at = start + 2 + 12 * i
    view.setUint16(at, entry.tag, littleEndian)
    view.setUint16(at + 2, entry.type, littleEndian)
    view.setUint32(at + 4, entry.count, littleEndian)
    const isOutside = outside(entry) > 0
    if (isOutside) view.setUint32(at + 8, free, littleEndian)
    out.set(entry.bytes, isOutside ? free : at + 8)
    free += outside(entry)
  }
}

function number(value: number, bytes: 2 | 4, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(bytes))
  if (bytes === 2) view.setUint16(0, value, littleEndian)
  else view.setUint32(0, value, littleEndian)
  return new Uint8Array(view.buffer)
}
