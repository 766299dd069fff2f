import { ToolWorker } from '../client'
import type { DeviceFacts } from './report'
import { startBenchWorker } from './start-bench-worker'

const NEVER = new AbortController().signal

/** Asks the browser, and measures one core for a tenth of a second. */
export async function deviceFacts(): Promise<DeviceFacts> {
  const worker = new ToolWorker(startBenchWorker('wasm'))
  try {
    const [measured, gpu] = await Promise.all([worker.ask((host) => host.measure(), NEVER), gpuName()])
    return {
      ...browserName(navigator.userAgent),
      cores: measured.cores,
      memory_gib: measured.memoryGiB,
      gpu: measured.webgpu ? gpu : null,
      wasm_simd: measured.wasmSimd,
      threads: measured.threads,
      core_speed: 1 / measured.slowness,
    }
  } finally {
    worker.dispose()
  }
}

/** Browsers keep most of it to themselves. None where the processor plays it: no tool runs there, and it takes minutes. */
async function gpuName(): Promise<string | null> {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null)
  if (!adapter || adapter.info.isFallbackAdapter) return null
  const { vendor, architecture, device, description } = adapter.info
  return description || [vendor, architecture, device].filter(Boolean).join(' ') || 'WebGPU'
}

// What calls itself another browser as well comes first.
const BROWSERS = [
  ['Edge', /Edg\w*\/(\d+)/],
  ['Opera', /OPR\/(\d+)/],
  ['Samsung Internet', /SamsungBrowser\/(\d+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /Version\/(\d+[.\d]*).* Safari/],
] as const

const SYSTEMS = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad|iPod/],
  ['ChromeOS', /CrOS/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const

/** @param agent what a browser says of itself in the header `User-Agent` */
export function browserName(agent: string): Pick<DeviceFacts, 'browser' | 'system'> {
  const versions = BROWSERS.map(([name, sign]) => [name, sign.exec(agent)?.[1]] as const)
  const [name, version] = versions.find(([, found]) => found) ?? ['', undefined]
  return {
    browser: version ? `${name} ${version}` : 'unknown',
    system: SYSTEMS.find(([, sign]) => sign.test(agent))?.[0] ?? 'unknown',
  }
}
