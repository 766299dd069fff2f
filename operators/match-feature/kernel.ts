import { KernelPool } from '../../core/wasm'
import { wasmBase64 } from './kernel.wasm'

/** What assembly/index.ts exports; addresses are bytes from the start of `memory`. */
interface Exports {
  readonly heapBase: { readonly value: number }
  luma(rgba: number, out: number, pixels: number): void
  shrinkRow(rows: number, rowPixels: number, factor: number, out: number, width: number): void
  doubleRow(near: number, far: number, out: number, width: number): void
  halveRow(row: number, out: number, width: number): void
  blur(
    src: number,
    dst: number,
    width: number,
    height: number,
    stride: number,
    from: number,
    to: number,
    weights: number,
    radius: number,
    scratch: number,
  ): void
  subtractRows(
    planes: number,
    planeBytes: number,
    levels: number,
    stride: number,
    y: number,
    rows: number,
    slot: number,
  ): void
  scanRow(
    rows: number,
    levels: number,
    stride: number,
    slot: number,
    from: number,
    to: number,
    threshold: number,
    out: number,
  ): number
  orientationHistogram(
    plane: number,
    width: number,
    height: number,
    stride: number,
    x: number,
    y: number,
    radius: number,
    sigma: number,
    out: number,
  ): void
  describe(
    plane: number,
    width: number,
    height: number,
    stride: number,
    x: number,
    y: number,
    angle: number,
    scale: number,
    out: number,
  ): void
  nearestVectors(query: number, queries: number, train: number, trains: number, norms: number, best: number): void
  nearestBytes(query: number, queries: number, train: number, trains: number, bytes: number, best: number): void
  hammingDistances(query: number, train: number, bytes: number, indices: number, count: number, out: number): void
  squaredDistances(query: number, train: number, indices: number, count: number, out: number): void
}

const PAGE_BYTES = 65_536
const SLACK_BYTES = 256 // vectors at the end of a block may be read a little past it

const kernels = new KernelPool<Exports>(wasmBase64)

/** Lends an instance of the SIMD module for one run. */
export const withKernel = <Result>(work: (kernel: Kernel) => Promise<Result>): Promise<Result> =>
  kernels.use(0, ({ exports, memory }) => work(new Kernel(exports, memory)))

/** The SIMD module with its memory, handed out from the bottom up: how much is needed shows only on the way. */
export class Kernel {
  readonly run: Exports
  readonly #memory: WebAssembly.Memory
  #next: number

  constructor(exports: Exports, memory: WebAssembly.Memory) {
    this.run = exports
    this.#memory = memory
    this.#next = exports.heapBase.value
  }

  /** Memory of its own for `bytes`, aligned to 16, with anything in it; views made before are void. */
  allocate(bytes: number): number {
    const address = Math.ceil(this.#next / 16) * 16
    this.#next = address + bytes + SLACK_BYTES
    const missing = this.#next - this.#memory.buffer.byteLength
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES))
    return address
  }

  mark(): number {
    return this.#next
  }

  /** Forgets everything allocated since `mark`, or all of it. */
  release(mark: number = this.run.heapBase.value): void {
    this.#next = mark
  }

  bytes(address: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#memory.buffer, address, length)
  }

  i16(address: number, length: number): Int16Array<ArrayBuffer> {
    return new Int16Array(this.#memory.buffer, address, length)
  }

  i32(address: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.#memory.buffer, address, length)
  }

  f32(address: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#memory.buffer, address, length)
  }
}
