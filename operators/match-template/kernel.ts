import type { Checkpoint } from '../../core/progress'
import { type Kernel, KernelPool } from '../../core/wasm'
import { wasmBase64 } from './kernel.wasm'
import type { Method } from './spec'

/** What assembly/ exports; its files describe the functions. Addresses and sizes are bytes in the kernel's memory. */
export interface Exports {
  toGray(rgba: number, gray: number, count: number): void
  toColors(rgba: number, red: number, planeBytes: number, count: number): void
  pairRows(upper: number, lower: number, pairs: number, count: number): void
  correlateRow(
    map: number,
    count: number,
    pairs: number,
    pairBytes: number,
    taps: number,
    width: number,
    rows: number,
    add: boolean,
  ): void
  rowsToColumns(tile: number, channel: number, y: number): void
  templateRows(tile: number, channel: number, y: number): void
  templateColumns(tile: number, channel: number, group: number): void
  correlateColumns(tile: number, group: number): void
  columnsToRows(tile: number, y: number): void
  addRow(row: number, sums: number, squares: number, count: number): void
  slideRow(leaving: number, entering: number, sums: number, squares: number, count: number): void
  valuesRow(values: number, map: number, count: number, weak: number): void
}

export const kernels = new KernelPool<Exports>(wasmBase64)

/** 32-bit words of `Tile` in assembly/tile.ts, in order. */
export const TILE_FIELDS = [
  'precise',
  'rowLength',
  'rowRadix',
  'rowTwiddles',
  'rowTwiddlesEnd',
  'columnLength',
  'columnRadix',
  'columnTwiddles',
  'columnTwiddlesEnd',
  'scratch',
  'columns',
  'spectrum',
  'groupBytes',
  'channelBytes',
  'channels',
  'blank',
  'power',
  'offsets',
  'plane',
  'planeBytes',
  'stride',
  'templatePlane',
  'templatePlaneBytes',
  'templateWidth',
  'templateHeight',
  'left',
  'count',
  'rowsIn',
  'topA',
  'topB',
  'bottom',
  'map',
  'mapStride',
  'countOut',
  'rowsOutA',
  'rowsOutB',
] as const

/** 64-bit floats at the start of `Values` in assembly/values.ts, in order. */
export const VALUES_FLOATS = [
  'slope0',
  'slope1',
  'slope2',
  'constant',
  'patchSlope',
  'patchConstant',
  'patchSquares',
  'energy',
  'weak',
] as const

/** 32-bit words of `Values` after its floats, in order. */
export const VALUES_FIELDS = ['kind', 'centered', 'channels', 'sums', 'sumsBytes', 'squares', 'width'] as const

/** One picture in the kernel's memory: 8-bit planes, `planeBytes` apart. */
export interface PlacedPlanes {
  readonly at: number
  readonly planeBytes: number
  readonly width: number
  readonly height: number
  readonly channels: number
}

/** What a run works on, in the kernel's memory. */
export interface Placed {
  readonly image: PlacedPlanes
  readonly template: PlacedPlanes
  /** 32-bit floats. */
  readonly map: { readonly at: number; readonly width: number; readonly height: number }
}

export interface Job extends Placed {
  readonly kernel: Kernel<Exports>
}

/** Fills the map with a method's values. */
export type Matcher = (job: Job, method: Method, checkpoint: Checkpoint) => Promise<void>

/** What a correlation was taken about, per channel: Σ (T - template)·(I - image). */
export interface Offsets {
  readonly image: readonly number[]
  readonly template: readonly number[]
}
