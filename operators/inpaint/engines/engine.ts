import type { RunContext } from '../../../core/operator'
import type { Checkpoint } from '../../../core/progress'
import type { Raster } from '../../../core/raster'
import type { Mask } from '../mask'

export type FillContext = Pick<RunContext, 'models'> & { readonly checkpoint: Checkpoint }

export interface Filled {
  /** Of the crop's size; only what is in the hole counts. */
  readonly picture: Raster
  /** How large the engine saw the crop, 0..1. */
  readonly scale: number
  readonly modelRuns: number
}

/** What fills holes. */
export interface Filler {
  /** Of the manifest; none where the picture alone is enough. */
  readonly model?: string
  /** Pixels a side that a crop should have, where the picture has as many. */
  readonly side: number
  /** @param hole of the crop's size: 0 is known, 255 is the hole; some of both */
  fill(crop: Raster, hole: Mask, ctx: FillContext): Promise<Filled>
}
