import { hammingDistance } from '../../core/copies/pdq'
import { dot } from '../../core/vector'
import type { EditSet, Picture } from './copies-set'

const FALSE_POSITIVES = 1e-3 // of all pairs of strangers

/** How alike an edited picture and a picture of the library are; greater is more. */
export type Likeness = (query: Picture, reference: Picture) => number

/** Bits that agree in the orientation that fits best. */
export const pdqLikeness: Likeness = (query, reference) =>
  256 - Math.min(...query.pdq.orientations.map((hash) => hammingDistance(hash, reference.pdq.hash)))

/** Cosine. */
export const cosineLikeness: Likeness = (query, reference) => dot(query.embedding, reference.embedding)

export interface Figures {
  /** Share of edits whose own picture is nearer than every other. */
  readonly top1: number
  /** Share of edits whose own picture is above `threshold`. */
  readonly recall: number
  /** What one pair of strangers in 1,000 is above. */
  readonly threshold: number
  readonly byEdit: Readonly<Record<string, number>>
}

/** As models/training/copies/measure.py has them. */
export function figuresOf({ originals, edited }: EditSet, likeness: Likeness): Figures {
  const rows = edited.map((query) => {
    const own = originals.filter(({ picture }) => picture === query.picture).map((one) => likeness(query, one))[0]
    const strangers = originals.filter(({ picture }) => picture !== query.picture).map((one) => likeness(query, one))
    return { edit: query.edit ?? '', own, strangers }
  })
  const sorted = Float64Array.from(rows.flatMap(({ strangers }) => strangers)).sort()
  const threshold = sorted[sorted.length - Math.floor(FALSE_POSITIVES * sorted.length) - 1]
  return {
    top1: share(rows, ({ own, strangers }) => own > Math.max(...strangers)),
    recall: share(rows, ({ own }) => own > threshold),
    threshold,
    byEdit: byEdit(rows, ({ own }) => own > threshold),
  }
}

export const share = <T>(all: readonly T[], is: (one: T) => boolean): number => all.filter(is).length / all.length

/** The share of each edit, in the order in which they are first met. */
export function byEdit<T extends { edit: string }>(all: readonly T[], is: (one: T) => boolean): Record<string, number> {
  const edits = [...new Set(all.map(({ edit }) => edit))]
  const shares = edits.map((edit) => {
    const rows = all.filter((one) => one.edit === edit)
    return [edit, share(rows, is)]
  })
  return Object.fromEntries(shares)
}

export function printTable(header: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const words = [header, ...rows].map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toFixed(3) : cell)))
  const widths = header.map((_, column) => Math.max(...words.map((row) => row[column].length)))
  for (const row of words)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
}
