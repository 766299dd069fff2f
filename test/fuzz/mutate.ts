/** Uniform in 0..1. */
export type Random = () => number

export const below = (random: Random, n: number): number => Math.floor(random() * n)
export const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)]

/** Numbers at which lengths, counts and offsets go wrong. */
const NUMBERS = [
  0,
  1,
  2,
  7,
  127,
  128,
  255,
  256,
  32_767,
  32_768,
  65_535,
  65_536,
  2 ** 24,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
]

type Mutation = (bytes: Uint8Array, random: Random, others: readonly Uint8Array[]) => Uint8Array

const MUTATIONS: readonly Mutation[] = [
  flipBits,
  flipBits,
  writeNumber,
  writeNumber,
  writeNumber,
  replaceByte,
  truncate,
  repeatPart,
  removePart,
  swapParts,
  splice,
  blank,
]

const MOST_MUTATIONS = 4

/**
 * A file with one to four things changed.
 *
 * @param others files of the same kind, whose parts may get into this one
 * @param words texts that mean something in such files, which may get into it too
 */
export function mutate(
  bytes: Uint8Array,
  random: Random,
  others: readonly Uint8Array[],
  words: readonly string[] = [],
): Uint8Array<ArrayBuffer> {
  let mutant: Uint8Array = Uint8Array.from(bytes) // no Buffer, whose slices share their memory
  const count = random() < 0.5 ? 1 : 1 + below(random, MOST_MUTATIONS)
  for (let i = 0; i < count; i++) {
    const isWord = words.length > 0 && random() < 0.3
    mutant = isWord ? insertWord(mutant, random, words) : pick(random, MUTATIONS)(mutant, random, others)
  }
  return Uint8Array.from(mutant)
}

/** Near the beginning more often than not: headers are there. */
function place(bytes: Uint8Array, random: Random): number {
  return Math.min(below(random, random() < 0.35 ? 128 : bytes.length + 1), bytes.length)
}

function flipBits(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = bytes.slice()
  for (let i = 0; i <= below(random, 8); i++) changed[place(bytes, random)] ^= 1 << below(random, 8)
  return changed
}

function writeNumber(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = bytes.slice()
  const view = new DataView(changed.buffer)
  const [at, value, isLittle] = [place(bytes, random), pick(random, NUMBERS), random() < 0.5]
  if (at + 4 <= bytes.length && random() < 0.5) view.setUint32(at, value, isLittle)
  else if (at + 2 <= bytes.length) view.setUint16(at, value, isLittle)
  return changed
}

function replaceByte(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = bytes.slice()
  changed[place(bytes, random)] = below(random, 256)
  return changed
}

function truncate(bytes: Uint8Array, random: Random): Uint8Array {
  return bytes.subarray(0, below(random, bytes.length + 1))
}

function part(bytes: Uint8Array, random: Random): [from: number, to: number] {
  const from = place(bytes, random)
  return [from, Math.min(bytes.length, from + 1 + below(random, 64))]
}

function repeatPart(bytes: Uint8Array, random: Random): Uint8Array {
  const [from, to] = part(bytes, random)
  const times = 1 + below(random, random() < 0.1 ? 200 : 4)
  const again = Array.from({ length: times }, () => bytes.subarray(from, to))
  return joined([bytes.subarray(0, to), ...again, bytes.subarray(to)])
}

function removePart(bytes: Uint8Array, random: Random): Uint8Array {
  const [from, to] = part(bytes, random)
  return joined([bytes.subarray(0, from), bytes.subarray(to)])
}

function swapParts(bytes: Uint8Array, random: Random): Uint8Array {
  const [a, b] = [place(bytes, random), place(bytes, random)].sort((one, two) => one - two)
  return joined([bytes.subarray(b), bytes.subarray(a, b), bytes.subarray(0, a)])
}

/** The beginning of one file and the end of another. */
function splice(bytes: Uint8Array, random: Random, others: readonly Uint8Array[]): Uint8Array {
  const other = pick(random, others)
  return joined([bytes.subarray(0, place(bytes, random)), other.subarray(place(other, random))])
}

function blank(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = bytes.slice()
  const [from, to] = part(bytes, random)
  return changed.fill(pick(random, [0, 255]), from, to)
}

/** In place of another word of the file where there are words, else wherever. */
function insertWord(bytes: Uint8Array, random: Random, words: readonly string[]): Uint8Array {
  const from = place(bytes, random)
  const space = bytes.indexOf(32, from) + 1
  const end = space > 0 ? bytes.subarray(space).findIndex((byte) => byte === 32 || byte === 10) : -1
  const [at, to] = end >= 0 ? [space, space + end] : [from, from]
  return joined([bytes.subarray(0, at), new TextEncoder().encode(pick(random, words)), bytes.subarray(to)])
}

const joined = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts))
