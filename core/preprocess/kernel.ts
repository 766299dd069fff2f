import { KernelPool } from '../wasm'
import { wasmBase64 } from './kernel.wasm'

/** What assembly/ exports; its files describe the functions. Addresses and sizes are bytes in the kernel's memory. */
export interface Exports {
  addRow(rgba: number, sums: number, count: number, weight: number, isFirst: boolean): void
  addRowByAlpha(rgba: number, sums: number, count: number, weight: number, isFirst: boolean): void
  planesRow(row: number, first: number, planeBytes: number): void
  interleavedRow(row: number, to: number): void
  pixelsRow(row: number, to: number): void
  warpRow(warp: number, y: number, to: number): void
}

export const kernels = new KernelPool<Exports>(wasmBase64)

/** 32-bit words at the start of `Row` in assembly/resize-row.ts, in order; four floats of scale and of shift follow. */
export const ROW_FIELDS = ['sums', 'taps', 'count', 'isBgr'] as const

/** 32-bit words of `Warp` in assembly/warp-row.ts after its nine doubles, in order. */
export const WARP_FIELDS = ['rgba', 'width', 'height', 'count'] as const
