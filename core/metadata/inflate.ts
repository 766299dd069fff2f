/**
 * What a zlib stream holds. Written out because the languages' common part has no such thing, and only a colour profile in
 * a PNG file needs it; the checksum is not looked at, since a file with a wrong one is refused by its decoder.
 *
 * @param most bytes that it may hold
 * @returns undefined when it is broken or holds more
 * @see RFC 1950 and RFC 1951
 */
export function inflate(bytes: Uint8Array, most: number): Uint8Array<ArrayBuffer> | undefined {
  if ((bytes[0] & 15) !== DEFLATE || bytes[1] & PRESET) return undefined
  const from = new Bits(bytes, 2)
  const out: number[] = []
  for (let isLast = false; !isLast; ) {
    isLast = from.take(1) === 1
    const kind = from.take(2)
    const isFine =
      kind === 0 ? stored(from, out) : kind < 3 && packed(from, out, kind === 1 ? FIXED : tables(from), most)
    if (!isFine || out.length > most) return undefined
  }
  return Uint8Array.from(out)
}

const DEFLATE = 8
const PRESET = 32

/** From the lowest bit of each byte up; zeros once the bytes have ended. */
class Bits {
  readonly #bytes: Uint8Array
  #at: number
  #bit = 0

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.#at = at
  }

  get hasEnded(): boolean {
    return this.#at > this.#bytes.length
  }

  take(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++) {
      value |= ((this.#bytes[this.#at] >> this.#bit) & 1) << i
      this.#bit = (this.#bit + 1) & 7
      if (this.#bit === 0) this.#at += 1
    }
    return value
  }

  toByte(): void {
    if (this.#bit > 0) this.take(8 - this.#bit)
  }
}

function stored(from: Bits, out: number[]): boolean {
  from.toByte()
  const length = from.take(16)
  from.take(16)
  for (let i = 0; i < length && !from.hasEnded; i++) out.push(from.take(8))
  return !from.hasEnded
}

/** How many codes have each length, and their symbols in the order of the codes. */
interface Table {
  readonly counts: readonly number[]
  readonly symbols: readonly number[]
}

interface Tables {
  readonly literals: Table
  readonly distances: Table
}

const LONGEST = 15

function tableOf(lengths: readonly number[]): Table {
  const counts = Array.from({ length: LONGEST + 1 }, (_, length) => lengths.filter((own) => own === length).length)
  const symbols = lengths.flatMap((length, symbol) => (length > 0 ? [{ length, symbol }] : []))
  return {
    counts,
    symbols: symbols.sort((a, b) => a.length - b.length || a.symbol - b.symbol).map((own) => own.symbol),
  }
}

/** The next symbol; -1 when there is no such code. */
function decode(from: Bits, { counts, symbols }: Table): number {
  let [code, first, index] = [0, 0, 0]
  for (let length = 1; length <= LONGEST; length++) {
    code |= from.take(1)
    if (code - first < counts[length]) return symbols[index + code - first]
    index += counts[length]
    first = (first + counts[length]) << 1
    code <<= 1
  }
  return -1
}

const FIXED: Tables = {
  literals: tableOf([...Array(144).fill(8), ...Array(112).fill(9), ...Array(24).fill(7), ...Array(8).fill(8)]),
  distances: tableOf(Array(30).fill(5)),
}

const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

function tables(from: Bits): Tables {
  const [literals, distances, own] = [from.take(5) + 257, from.take(5) + 1, from.take(4) + 4]
  const short: number[] = Array(LENGTH_ORDER.length).fill(0)
  for (let i = 0; i < own; i++) short[LENGTH_ORDER[i]] = from.take(3)
  const table = tableOf(short)
  const lengths: number[] = []
  while (lengths.length < literals + distances && !from.hasEnded) {
    const symbol = decode(from, table)
    if (symbol < 16) lengths.push(Math.max(symbol, 0))
    else if (symbol === 16) lengths.push(...Array(3 + from.take(2)).fill(lengths.at(-1) ?? 0))
    else lengths.push(...Array(symbol === 17 ? 3 + from.take(3) : 11 + from.take(7)).fill(0))
  }
  return { literals: tableOf(lengths.slice(0, literals)), distances: tableOf(lengths.slice(literals)) }
}

const END = 256
const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCES = [
  ...[
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  ],
  ...[8193, 12289, 16385, 24577],
]

function packed(from: Bits, out: number[], { literals, distances }: Tables, most: number): boolean {
  while (!from.hasEnded && out.length <= most) {
    const symbol = decode(from, literals)
    if (symbol === END) return true
    if (symbol < 0 || symbol > 285) return false
    if (symbol < END) {
      out.push(symbol)
      continue
    }
    const length = LENGTHS[symbol - 257] + from.take(LENGTH_BITS[symbol - 257])
    const far = decode(from, distances)
    if (far < 0 || far > 29) return false
    const distance = DISTANCES[far] + from.take(far < 2 ? 0 : (far >> 1) - 1)
    if (distance > out.length) return false
    for (let i = 0; i < length; i++) out.push(out[out.length - distance])
  }
  return false
}
