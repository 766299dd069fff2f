import { type Box, crop } from '../../core/crop'
import { ToolError } from '../../core/errors'
import type { RunContext } from '../../core/operator'
import { type Checkpoint, portion } from '../../core/progress'
import type { Raster } from '../../core/raster'
import { blend } from './blend'
import { availableEngines, bestEngine } from './engines/choose'
import { fillers } from './engines/engines'
import { grow } from './grow'
import { contextOf, findHoles } from './holes'
import { cropMask, type Mask, toHole } from './mask'
import type { Engine, Hole } from './spec'
import { thickness } from './thickness'

export interface Erased {
  readonly picture: Raster
  /** 1 for every pixel that was filled or blended. */
  readonly touched: Uint8Array<ArrayBuffer>
  /** From top to bottom. */
  readonly holes: readonly Hole[]
}

export interface EraseOptions {
  readonly engine: Engine | 'auto'
  /** What `auto` does not take. */
  readonly except?: Engine
  /** Pixels. */
  readonly margin: number
  readonly feather: number
}

/**
 * Fills the holes of a copy of the picture one after the other, each from a crop of its own: what it costs depends on the
 * holes, not on the picture.
 *
 * @throws ToolError model-unavailable when the engine that was named has no model here
 */
export async function erase(
  source: Raster,
  mask: Mask,
  options: EraseOptions,
  { models, checkpoint }: Pick<RunContext, 'models' | 'checkpoint'>,
): Promise<Erased> {
  const { margin, feather } = options
  const engines = await enginesFor(options, models)
  const picture = { ...source, data: source.data.slice() }
  const touched = new Uint8Array(mask.data.length)
  const boxes = findHoles(mask, margin + feather + 1)
  const holes: Hole[] = []
  for (const [i, box] of boxes.entries()) {
    const ctx = { models, checkpoint: portion(checkpoint, i / boxes.length, (i + 1) / boxes.length) }
    holes.push(await fillHole(box, { picture, touched, mask, options, engines }, ctx))
  }
  return { picture, touched, holes }
}

async function enginesFor(
  { engine: chosen, except }: EraseOptions,
  models: RunContext['models'],
): Promise<readonly Engine[]> {
  const available = await availableEngines(models)
  if (chosen === 'auto') return available.length > 1 ? available.filter((engine) => engine !== except) : available
  if (available.includes(chosen)) return [chosen]
  throw new ToolError(
    'model-unavailable',
    `The model ${fillers[chosen].model} is not installed here; fetch it under Models, or choose another engine`,
  )
}

interface Work {
  readonly picture: Raster
  readonly touched: Uint8Array<ArrayBuffer>
  readonly mask: Mask
  readonly options: EraseOptions
  /** To choose from. */
  readonly engines: readonly Engine[]
}

async function fillHole(
  box: Box,
  { picture, touched, mask, options, engines }: Work,
  ctx: { readonly models: RunContext['models']; readonly checkpoint: Checkpoint },
): Promise<Hole> {
  const engine = bestEngine(engines, thickness(toHole(grown(mask, box, options))))
  const filler = fillers[engine]
  const part = contextOf(box, picture, filler.side)
  const soft = grown(mask, part, options)
  const filled = await filler.fill(crop(picture, part), toHole(soft), ctx)
  blend(picture, { picture: filled.picture, mask: soft, at: part }, box, touched)
  const { x, y, width: w, height: h } = box
  const { scale, modelRuns } = filled
  return { ...{ x, y, w, h, engine }, model: filler.model ?? null, scale, model_runs: modelRuns }
}

/** A part of the mask with margin and feather; without them where they would leave nothing known to fill from. */
function grown(mask: Mask, part: Box, { margin, feather }: EraseOptions): Mask {
  const given = cropMask(mask, part)
  const soft = grow(given, margin, feather)
  return soft.data.includes(0) ? soft : given
}
