import type { OrientedPoints } from '../../core/cloud'
import { KernelPool, Layout } from '../../core/wasm'
import { wasmBase64 } from './kernel.wasm'
import type { PairTable } from './pair-table'
import type { PointGrid } from './point-grid'

/** What assembly/ exports; its files describe the functions. Addresses and sizes are bytes in the kernel's memory. */
export interface Exports {
  castVotes(ballot: number, reference: number, buckets: number): void
  rowMaxima(values: number, rows: number, length: number, out: number): void
}

const kernels = new KernelPool<Exports>(wasmBase64)

/** Fields of `Ballot` in assembly/cast-votes.ts, in order: 64-bit floats, then 32-bit words. */
const LENGTHS = 9
const FIELDS = 14
const FRAME = 3 // where the frame begins among the lengths

/** What stays the same for all scene points of a search. */
export interface BallotPaper {
  /** Of the pairs that count, in model units. */
  readonly shortest: number
  readonly longest: number
  readonly scene: OrientedPoints
  readonly table: PairTable
  readonly modelPoints: number
  readonly grid: PointGrid
}

/** The votes of scene points, in an instance and a memory of its own. */
export class Booth {
  readonly #exports: Exports
  readonly #ballot: number
  readonly #rows: number
  readonly #turns: number
  readonly #votesAt: number
  readonly #maximaAt: number
  /** u and v of the scene point, see `frameOf`: to be filled before `cast`. */
  readonly frame: Float64Array<ArrayBuffer>
  /** Of the grid, around the scene point: to be filled before `cast`. */
  readonly buckets: Uint32Array<ArrayBuffer>
  /** Of the last `cast`: model points × turns. */
  readonly votes: Uint16Array<ArrayBuffer>
  readonly #maxima: Uint16Array<ArrayBuffer>

  constructor({ shortest, longest, scene, table, modelPoints, grid }: BallotPaper) {
    const { bins, starts, entries } = table
    const layout = new Layout()
    this.#ballot = layout.reserve(8 * LENGTHS + 4 * FIELDS)
    const given = [scene.positions, scene.normals, starts, entries, bins.angleByCosine, grid.starts, grid.items]
    const places = given.map(({ byteLength }) => layout.reserve(byteLength))
    const [positions, normals, startsAt, entriesAt, angleByCosine, gridStarts, gridItems] = places
    this.#votesAt = layout.reserve(2 * modelPoints * bins.turns)
    this.#maximaAt = layout.reserve(2 * modelPoints)
    const [voted, touched] = [layout.reserve(4 * starts.length), layout.reserve(4 * scene.count)]
    const buckets = layout.reserve(4 * MOST_BUCKETS)
    const { exports, memory } = kernels.own(layout.bytes)
    const { buffer } = memory
    for (const [i, values] of given.entries()) copyInto(buffer, places[i], values)
    new Float64Array(buffer, this.#ballot, LENGTHS).set([shortest, longest, bins.distanceStep])
    new Uint32Array(buffer, this.#ballot + 8 * LENGTHS, FIELDS).set([
      positions,
      normals,
      startsAt,
      entriesAt,
      starts.length - 1,
      bins.angles,
      bins.turns,
      angleByCosine,
      this.#votesAt,
      voted,
      touched,
      gridStarts,
      gridItems,
      buckets,
    ])
    this.#exports = exports
    this.#rows = modelPoints
    this.#turns = bins.turns
    this.frame = new Float64Array(buffer, this.#ballot + 8 * FRAME, 6)
    this.buckets = new Uint32Array(buffer, buckets, MOST_BUCKETS)
    this.votes = new Uint16Array(buffer, this.#votesAt, modelPoints * bins.turns)
    this.#maxima = new Uint16Array(buffer, this.#maximaAt, modelPoints)
  }

  /** @param found how many `buckets` there are */
  cast(reference: number, found: number): void {
    this.votes.fill(0)
    this.#exports.castVotes(this.#ballot, reference, found)
  }

  /** Most votes of any turn, by model point. */
  maxima(): Uint16Array<ArrayBuffer> {
    this.#exports.rowMaxima(this.#votesAt, this.#rows, this.#turns, this.#maximaAt)
    return this.#maxima
  }
}

const MOST_BUCKETS = 27

function copyInto(buffer: ArrayBuffer, address: number, { buffer: from, byteOffset, byteLength }: ArrayBufferView) {
  new Uint8Array(buffer, address, byteLength).set(new Uint8Array(from, byteOffset, byteLength))
}
