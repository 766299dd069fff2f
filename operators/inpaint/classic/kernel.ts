import { KernelPool } from '../../../core/wasm'
import { wasmBase64 } from './kernel.wasm'

/** What assembly/ exports; its files describe the functions. Addresses are bytes in the kernel's memory. */
export interface Exports {
  readonly heapBase: { readonly value: number }
  distances(hole: number, width: number, height: number, out: number): void
  shrink(
    pixels: number,
    hole: number,
    width: number,
    height: number,
    least: number,
    outPixels: number,
    outHole: number,
  ): void
  enlarge(small: number, pixels: number, hole: number, width: number, height: number): void
  numberCells(depth: number, pixels: number, band: number, cells: number): number
  collect(depth: number, width: number, height: number, band: number, cells: number, count: number): number
  linkCells(
    pixels: number,
    width: number,
    height: number,
    cells: number,
    count: number,
    values: number,
    neighbours: number,
  ): void
  relax(values: number, neighbours: number, count: number, omega: number): void
  measureTexture(pixels: number, hole: number, width: number, height: number, gain: number): void
  useLevel(
    pixels: number,
    hole: number,
    marks: number,
    field: number,
    costs: number,
    guide: number,
    width: number,
    height: number,
    grid: number,
  ): void
  useTables(depth: number, trust: number, guideWeight: number): void
  seed(value: number): void
  markPatches(): number
  scatter(): void
  refineField(coarse: number, coarseGrid: number): void
  updateCosts(): void
  sweep(from: number, to: number, backwards: boolean, reach: number): void
  vote(spread: number, sums: number): void
  writeBack(pixels: number, count: number, cells: number, solved: number, values: number): void
}

export const kernels = new KernelPool<Exports>(wasmBase64)
