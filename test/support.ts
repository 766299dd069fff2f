import type { RunContext } from '../core/operator'
import { alone } from '../core/parallel'
import type { Raster } from '../core/raster'

/** Gray picture from rows of 0..255, so a test shows its picture. */
export function picture(...rows: number[][]): Raster {
  const data = new Uint8ClampedArray(rows.flat().flatMap((v) => [v, v, v, 255]))
  return { width: rows[0].length, height: rows.length, data }
}

const absent = (what: string) => () => Promise.reject(new Error(`this test has no ${what}`))

export const testContext = (over: Partial<RunContext> = {}): RunContext => ({
  models: { run: absent('model'), has: async () => false, backend: () => undefined, loadMs: () => 0 },
  codec: { decode: absent('codec'), encode: absent('codec'), shrink: absent('codec') },
  loadOpenCv: absent('OpenCV'),
  loadAsset: absent('asset'),
  sources: {},
  checkpoint: async () => {},
  parallel: alone,
  ...over,
})

/** Uniform in 0..1, the same in every process, so a failure can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0 // Numerical Recipes, section 7.1
    return state / 2 ** 32
  }
}
