import type { Checkpoint } from '../../core/progress'
import type { Raster } from '../../core/raster'
import { Layout } from '../../core/wasm'
import { isTiny, planDirectly } from './correlate-directly'
import { kernels } from './kernel'
import { planTiles } from './match-tiles'
import { placePlanes, reserveChunk, reservePlanes } from './place'
import type { Method } from './spec'

/** A map of a value for each place of the template in the image. */
export interface ScoreMap {
  readonly width: number
  readonly height: number
  /** height × width, row-major. */
  readonly values: Float32Array<ArrayBuffer>
}

export interface MatchRequest {
  readonly image: Raster
  /** No larger than the image. */
  readonly template: Raster
  readonly method: Method
  /** Compare brightness only. */
  readonly gray: boolean
}

/**
 * What OpenCV's matchTemplate gives, within 1e-5 of the exact value for the normalised methods.
 *
 * Tiny templates are correlated by the definition, others by Fourier transforms in 32-bit floats; tiles with windows so
 * even that rounding would show in their value are transformed again in 64-bit floats.
 *
 * @param use gets the map, which lies in the kernel's memory and is gone afterwards
 */
export async function withMatchMap<Result>(
  { image, template, method, gray }: MatchRequest,
  checkpoint: Checkpoint,
  use: (map: ScoreMap) => Result,
): Promise<Result> {
  const channels = gray ? 1 : 3
  const size = { width: image.width - template.width + 1, height: image.height - template.height + 1 }
  const layout = new Layout()
  const chunk = reserveChunk(layout)
  const placed = {
    image: reservePlanes(layout, image, channels),
    template: reservePlanes(layout, template, channels),
    map: { ...size, at: layout.reserve((size.width * size.height + 16) * 4) },
  }
  const match = isTiny(template) ? planDirectly(layout, placed) : planTiles(layout, placed)
  return kernels.use(layout.bytes, async (kernel) => {
    placePlanes(kernel, chunk, placed.image, image)
    placePlanes(kernel, chunk, placed.template, template)
    await match({ kernel, ...placed }, method, checkpoint)
    return use({ ...size, values: new Float32Array(kernel.memory.buffer, placed.map.at, size.width * size.height) })
  })
}
