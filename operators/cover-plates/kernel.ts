import { KernelPool } from '../../core/wasm'
import { wasmBase64 } from './kernel.wasm'

/** What assembly/ exports; its files describe the functions. Addresses are bytes in the kernel's memory. */
interface Exports {
  coverage(corners: number, count: number, out: number, width: number, height: number): void
  blendRow(picture: number, cover: number, color: number, shares: number, count: number): void
}

export const kernels = new KernelPool<Exports>(wasmBase64)
