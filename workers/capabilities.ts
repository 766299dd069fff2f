import type { Capabilities } from '../core/routing'

/** One pass of `work` on the reference core of `Cost`, milliseconds. */
const REFERENCE_MS = 3.1
const PASSES = 8
const SIDE = 512
const ADAPTER_MS = 1000 // a GPU that takes longer to answer is of no use for one picture

/** What this device can do; takes about a tenth of a second of one core. Call it in a worker. */
export async function measureCapabilities(): Promise<Capabilities> {
  const webgpu = hasWebGpu() // answers while the core is measured
  const slowness = fastestPass() / REFERENCE_MS
  return {
    cores: navigator.hardwareConcurrency || 1,
    memoryGiB: 'deviceMemory' in navigator ? Number(navigator.deviceMemory) : null,
    webgpu: await webgpu,
    wasmSimd: WebAssembly.validate(SIMD_MODULE),
    threads: globalThis.crossOriginIsolated === true,
    slowness,
  }
}

async function hasWebGpu(): Promise<boolean> {
  if (!navigator.gpu) return false
  const late = new Promise<null>((resolve) => setTimeout(resolve, ADAPTER_MS, null))
  const adapter = await Promise.race([navigator.gpu.requestAdapter(), late]).catch(() => null)
  return adapter !== null
}

/** The smallest module with a `v128` instruction: () => i8x16.splat(0), result dropped. */
const SIMD_MODULE = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic, version
  ...[1, 4, 1, 0x60, 0, 0], // type section: () => ()
  ...[3, 2, 1, 0], // function section
  ...[10, 9, 1, 7, 0, 0x41, 0, 0xfd, 15, 0x1a, 0x0b], // code: i32.const 0, i8x16.splat, drop, end
)

/** The quickest of several passes: the first ones are compiled, and others share their core. */
function fastestPass(): number {
  const plane = Float32Array.from({ length: SIDE * SIDE }, (_, i) => (i * 7919) % 251)
  const out = new Float32Array(plane.length)
  let fastest = Number.POSITIVE_INFINITY
  for (let pass = 0; pass < PASSES; pass++) {
    const start = performance.now()
    work(plane, out)
    fastest = Math.min(fastest, performance.now() - start)
  }
  return fastest
}

/** A 5×5 mean over SIDE × SIDE, as plain as most of a picture's work. */
function work(plane: Float32Array, out: Float32Array): void {
  for (let y = 2; y < SIDE - 2; y++) {
    for (let x = 2; x < SIDE - 2; x++) {
      let sum = 0
      for (let dy = -2; dy <= 2; dy++) {
        for (let dx = -2; dx <= 2; dx++) sum += plane[(y + dy) * SIDE + x + dx]
      }
      out[y * SIDE + x] = sum / 25
    }
  }
}
