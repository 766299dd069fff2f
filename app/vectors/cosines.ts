import { dot, unitLength } from '../../core/vector'

type Vector = readonly number[]

/** What is known of vectors, so that more of them cost only the new rows. */
interface Known {
  /** Row of each vector. */
  readonly rows: ReadonlyMap<Vector, number>
  readonly units: readonly Float32Array[]
  readonly table: Float32Array<ArrayBuffer>
}

const NONE: Known = { rows: new Map(), units: [], table: new Float32Array() }

/** The cosine of every pair. @param vectors of one length, of any norm */
export const cosines = (vectors: readonly Vector[]): Float32Array<ArrayBuffer> => compare(vectors, NONE).table

/** `cosines` for a list that grows: pairs that it had the last time are not computed again. */
export function growingCosines(): typeof cosines {
  let known = NONE
  return (vectors) => {
    known = compare(vectors, known)
    return known.table
  }
}

/** The table is n × n, row-major, -1..1; 0 where a vector is all zeros, except with itself: the diagonal is 1. */
function compare(vectors: readonly Vector[], known: Known): Known {
  const n = vectors.length
  const before = vectors.map((vector) => known.rows.get(vector))
  const units = vectors.map((vector, i) => known.units[before[i] ?? -1] ?? unitLength(Float32Array.from(vector)))
  const table = new Float32Array(n * n)
  for (let i = 0; i < n; i++) {
    table[i * n + i] = 1
    for (let j = 0; j < i; j++) {
      const cosine = knownCosine(known, before[i], before[j]) ?? dot(units[i], units[j])
      table[i * n + j] = cosine
      table[j * n + i] = cosine
    }
  }
  return { rows: new Map(vectors.map((vector, i) => [vector, i])), units, table }
}

const knownCosine = ({ units, table }: Known, a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : table[a * units.length + b]
