import type { Raster, Size } from '../raster'
import { type Kernel, Layout } from '../wasm'
import { type Exports, ROW_FIELDS } from './kernel'
import { axisTaps, packTaps, type Taps } from './taps'

/** A resize from `source` to `target`, row by row: only a few rows are ever in the kernel's memory. */
export interface ResizePlan {
  readonly source: Size
  readonly target: Size
  readonly rows: readonly Taps[]
  readonly packed: ArrayBuffer
  /** Where things lie in the kernel's memory; `out` has room for one row of the widest form. */
  readonly at: {
    readonly row: number
    readonly taps: number
    readonly pixels: number
    readonly sums: number
    readonly out: number
  }
  /** From one plane of `out` to the next. */
  readonly planeBytes: number
  readonly bytes: number
}

export function planResize(source: Size, target: Size): ResizePlan {
  const packed = packTaps(axisTaps(source.width, target.width))
  const planeBytes = roundUp(target.width * 4, 64)
  const layout = new Layout()
  const at = {
    row: layout.reserve((ROW_FIELDS.length + 8) * 4),
    taps: layout.reserve(packed.byteLength),
    pixels: layout.reserve(roundUp(source.width * 4, 64)),
    sums: layout.reserve(roundUp(source.width, 4) * 16),
    out: layout.reserve(3 * planeBytes + 64),
  }
  return { source, target, rows: axisTaps(source.height, target.height), packed, at, planeBytes, bytes: layout.bytes }
}

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step

interface RowOptions {
  readonly isBgr?: boolean
  /** Per channel, red first: `value · scale + shift`. */
  readonly scale?: readonly number[]
  readonly shift?: readonly number[]
}

/** Writes what every row has in common; once before `resizeRows`. */
export function prepareRows({ memory }: Kernel<Exports>, plan: ResizePlan, options: RowOptions = {}): void {
  const { at, packed, target } = plan
  const { isBgr = false, scale = [1, 1, 1], shift = [0, 0, 0] } = options
  const words = { sums: at.sums, taps: at.taps, count: target.width, isBgr: Number(isBgr) }
  new Uint8Array(memory.buffer).set(new Uint8Array(packed), at.taps)
  new Uint32Array(memory.buffer, at.row).set(ROW_FIELDS.map((name) => words[name]))
  new Float32Array(memory.buffer, at.row + ROW_FIELDS.length * 4).set([...scale, 0, ...shift, 0])
}

/** Calls `emit` for each output row when its sums are ready. */
export function resizeRows(
  { memory }: Kernel<Exports>,
  { source, rows, at }: ResizePlan,
  { data }: Raster,
  add: Exports['addRow'],
  emit: (y: number) => void,
): void {
  const bytes = new Uint8Array(memory.buffer)
  const stride = source.width * 4
  rows.forEach(({ first, weights }, y) => {
    weights.forEach((weight, index) => {
      const from = (first + index) * stride
      bytes.set(data.subarray(from, from + stride), at.pixels)
      add(at.pixels, at.sums, source.width, weight, index === 0)
    })
    emit(y)
  })
}
