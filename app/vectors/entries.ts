import type { VectorSpec } from '../../core/operator'
import { Sha256 } from '../../core/sha256'
import type { Item } from '../state/session'

/** One vector to compare. */
export interface Entry {
  /** Of the picture, or of what was remembered. */
  readonly id: string
  /** File name. */
  readonly name: string
  /** None for a vector of an earlier visit. */
  readonly file: File | null
  readonly vector: readonly number[]
  /** Vectors can be compared only where this is the same. */
  readonly contract: string
}

/** The vectors of a finished batch. */
export function entriesOf(items: readonly Item[], { field, contract }: VectorSpec): Entry[] {
  return items.flatMap(({ picture: { id, file }, run }) => {
    const vector = run.status === 'done' ? run.outcome.data[field] : undefined
    if (run.status !== 'done' || !isVector(vector)) return []
    const made = contract ? run.outcome.data[contract] : ''
    return [{ id, file, vector, name: file.name, contract: typeof made === 'string' ? made : '' }]
  })
}

const isVector = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'number')

const digests = new WeakMap<readonly number[], string>()

/** Tells vectors and what made them apart, whatever their files are called; the same on every visit. */
export function identityOf({ vector, contract }: Pick<Entry, 'vector' | 'contract'>): string {
  const digest = digests.get(vector) ?? digestOf(vector)
  digests.set(vector, digest)
  return `${contract} ${digest}`
}

const digestOf = (vector: readonly number[]): string =>
  new Sha256().update(new Uint8Array(Float64Array.from(vector).buffer)).digest()

/** Both lists, each vector once. */
export const together = (some: readonly Entry[], more: readonly Entry[]): Entry[] => [
  ...new Map([...some, ...more].map((entry) => [identityOf(entry), entry])).values(),
]

/** The first list without what is in the second. */
export function without(some: readonly Entry[], gone: readonly Entry[]): Entry[] {
  const identities = new Set(gone.map(identityOf))
  return some.filter((entry) => !identities.has(identityOf(entry)))
}

/** Those that can be compared with each other: of the contract that most have. */
export function comparable(entries: readonly Entry[]): Entry[] {
  const kinds = new Map<string, Entry[]>()
  for (const entry of entries) {
    const kind = `${entry.contract}\n${entry.vector.length}`
    kinds.set(kind, [...(kinds.get(kind) ?? []), entry])
  }
  return [...kinds.values()].reduce((most, one) => (one.length > most.length ? one : most), [])
}
