import { ToolError } from './errors'
import type { PlyHeader, PlyScalar } from './ply-header'

/** The numbers of a PLY file in the order in which they stand. Every method throws ToolError unreadable. */
export interface PlyValues {
  next(type: PlyScalar): number
  /** Most values of a type that the rest of the file can hold. */
  left(type: PlyScalar): number
  /** Called after the last value of one point or face. */
  endRow(element: string, index: number): void
  /** Called after the last value of the file. */
  end(): void
}

const [LF, CR, SPACE, TAB] = [10, 13, 32, 9]

/** Ascii data: one element per line, as written by everything that writes PLY. */
export function plyText(bytes: Uint8Array, { length, lines, elements }: PlyHeader): PlyValues {
  let at = length
  let line = lines + 1
  const cutShort = () =>
    new ToolError('unreadable', `The file ends at line ${line}, before all its elements: it is cut short`)
  const skipBlanks = () => {
    while (at < bytes.length && (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === CR)) at++
  }
  const skipEmptyLines = () => {
    for (skipBlanks(); at < bytes.length && bytes[at] === LF; skipBlanks()) {
      at++
      line++
    }
  }
  // A value takes at least a digit and what parts it from the next: refused before anything is allocated for it.
  const least = elements.reduce((sum, { count, properties }) => sum + count * properties.length * 2, -1)
  if (least > bytes.length - length) {
    throw new ToolError(
      'unreadable',
      `The header promises more values than the ${bytes.length - length} bytes of data can hold`,
    )
  }
  let rowStarted = false
  return {
    next: () => {
      if (rowStarted) skipBlanks()
      else skipEmptyLines()
      rowStarted = true
      if (at >= bytes.length) throw cutShort()
      if (bytes[at] === LF) throw new ToolError('unreadable', `Line ${line} has fewer values than the header promises`)
      const start = at
      while (at < bytes.length && bytes[at] > SPACE) at++
      return numberAt(bytes, start, at, line)
    },
    left: () => Math.ceil((bytes.length - at) / 2),
    endRow: (element, index) => {
      skipBlanks()
      if (at < bytes.length && bytes[at] !== LF) {
        const promised = `the header or its own count promises for ${element} ${index + 1}`
        throw new ToolError('unreadable', `Line ${line} has more values than ${promised}`)
      }
      rowStarted = false
    },
    end: () => {
      skipEmptyLines()
      if (at < bytes.length) throw new ToolError('unreadable', `Data goes on at line ${line}, after the last element`)
    },
  }
}

const [PLUS, MINUS, POINT, ZERO, NINE] = [43, 45, 46, 48, 57]
const EXACT = 2 ** 53
const POWERS = Array.from({ length: 23 }, (_, n) => 10 ** n)

/** Common decimals directly, 10 times as fast as by way of a string; all else by `Number`. */
function numberAt(bytes: Uint8Array, start: number, end: number, line: number): number {
  let at = start
  const negative = bytes[at] === MINUS
  if (negative || bytes[at] === PLUS) at++
  let [digits, decimals, mantissa] = [0, -1, 0]
  for (; at < end; at++) {
    const code = bytes[at]
    if (code >= ZERO && code <= NINE) {
      mantissa = mantissa * 10 + code - ZERO
      digits++
      if (decimals >= 0) decimals++
    } else if (code === POINT && decimals < 0) decimals = 0
    else break
  }
  if (at < end || digits === 0 || mantissa >= EXACT || decimals > 22) return slowNumber(bytes, start, end, line)
  const value = decimals > 0 ? mantissa / POWERS[decimals] : mantissa // both exact, so the quotient is rounded once
  return negative ? -value : value
}

/** `nan` and `inf` are numbers here: the reader says which coordinate is not finite. */
function slowNumber(bytes: Uint8Array, start: number, end: number, line: number): number {
  const word = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 60)))
  if (/^[+-]?(nan(\(.*\))?|inf(inity)?|1\.#(ind|qnan|inf).*)$/i.test(word)) return Number.NaN
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(word)) {
    throw new ToolError('unreadable', `Line ${line}: "${word.slice(0, 40)}" stands where a number should be`)
  }
  return Number(word)
}
