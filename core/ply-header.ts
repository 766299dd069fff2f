import { ToolError } from './errors'

export type PlyFormat = 'ascii' | 'binary_little_endian' | 'binary_big_endian'
export type PlyScalar = 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'float32' | 'float64'

export interface PlyProperty {
  readonly name: string
  /** Of the value, or of each entry of a list. */
  readonly type: PlyScalar
  /** Of the length in front of a list; absent for a single value. */
  readonly countType?: PlyScalar
}

export interface PlyElement {
  readonly name: string
  readonly count: number
  readonly properties: readonly PlyProperty[]
}

export interface PlyHeader {
  readonly format: PlyFormat
  readonly elements: readonly PlyElement[]
  /** Where the data begins. */
  readonly length: number
  /** Lines in the header, for naming lines of ascii data. */
  readonly lines: number
}

const LONGEST = 65536

// Both the names of 1994 and the later ones with sizes.
const SCALARS: ReadonlyMap<string, PlyScalar> = new Map(
  Object.entries({
    char: 'int8',
    int8: 'int8',
    uchar: 'uint8',
    uint8: 'uint8',
    short: 'int16',
    int16: 'int16',
    ushort: 'uint16',
    uint16: 'uint16',
    int: 'int32',
    int32: 'int32',
    uint: 'uint32',
    uint32: 'uint32',
    float: 'float32',
    float32: 'float32',
    double: 'float64',
    float64: 'float64',
  } as const),
)

export const SCALAR_BYTES: Readonly<Record<PlyScalar, number>> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  float64: 8,
}

/** @throws ToolError unreadable when it is not the header of a PLY file */
export function plyHeader(bytes: Uint8Array): PlyHeader {
  const { lines, length } = headerLines(bytes)
  let format: PlyFormat | undefined
  const elements: (PlyElement & { properties: PlyProperty[] })[] = []
  for (const [at, line] of lines.entries()) {
    const [word, ...rest] = line.split(/\s+/)
    if (word === 'format') format = formatOf(rest[0])
    else if (word === 'element') elements.push({ ...elementOf(rest, at), properties: [] })
    else if (word === 'property') {
      const element = elements.at(-1)
      if (!element) throw broken(at, 'a property stands before any element')
      element.properties.push(propertyOf(rest, at))
    } else if (!['comment', 'obj_info', ''].includes(word)) throw broken(at, `"${word.slice(0, 40)}" is no PLY keyword`)
  }
  if (!format) throw new ToolError('unreadable', 'The PLY header has no line "format"')
  return { format, elements, length, lines: lines.length + 2 }
}

/** The lines between `ply` and `end_header`. */
function headerLines(bytes: Uint8Array): { lines: string[]; length: number } {
  const end = Math.min(bytes.length, LONGEST)
  const lines: string[] = []
  let line = ''
  for (let at = 0; at < end; at++) {
    if (bytes[at] !== 10) {
      line += String.fromCharCode(bytes[at])
      continue
    }
    const text = line.trim()
    if (lines.length === 0 && text !== 'ply') throw notPly()
    if (text === 'end_header') return { lines: lines.slice(1), length: at + 1 }
    lines.push(text)
    line = ''
  }
  if (lines.length === 0) throw notPly()
  throw new ToolError('unreadable', 'The PLY header does not end: there is no line "end_header"')
}

const notPly = () =>
  new ToolError('unreadable', 'This is not a PLY file: its first line is not "ply"', { type: 'file_not_ply' })

/** @param at index of the line after `ply` */
const broken = (at: number, what: string) => new ToolError('unreadable', `Line ${at + 2} of the PLY header: ${what}`)

function formatOf(word = ''): PlyFormat {
  if (word === 'ascii' || word === 'binary_little_endian' || word === 'binary_big_endian') return word
  const known = 'ascii, binary_little_endian and binary_big_endian are'
  throw new ToolError('unreadable', `"${word.slice(0, 40)}" is no format of PLY; ${known}`)
}

function elementOf([name, count]: string[], at: number): { name: string; count: number } {
  if (!name || !/^\d{1,12}$/.test(count ?? '')) throw broken(at, 'an element needs a name and a count')
  return { name, count: Number(count) }
}

function propertyOf(words: string[], at: number): PlyProperty {
  const [countWord, typeWord, name] = words[0] === 'list' ? words.slice(1) : [undefined, words[0], words[1]]
  const type = SCALARS.get(typeWord ?? '')
  const countType = countWord === undefined ? undefined : SCALARS.get(countWord)
  if (!type || !name || (countWord !== undefined && !countType)) {
    throw broken(at, 'a property needs a known type and a name')
  }
  return { name, type, countType }
}
