import { fieldError } from '../../core/errors'
import { type Metadata, readMetadata } from '../../core/metadata/read'
import type { Check, Inputs, Run, RunContext } from '../../core/operator'
import { portion } from '../../core/progress'
import { findWatermark } from '../find-watermark/find'
import { compare } from './blend'
import { encodeErased } from './encode'
import { type Erased, erase } from './erase'
import { keepsNothing, type Mask, readMask } from './mask'
import { type Engine, type inpaint, NOTES } from './spec'

type Tool = typeof inpaint
type Params = Parameters<Run<Tool>>[1]

const MOST_SIDE = { webp: 16_383, jpeg: 65_535, png: Number.POSITIVE_INFINITY } as const

/** @throws ToolError invalid-input when the mask leaves nothing, or the file type has no pictures of this size */
export const check: Check<Tool> = ({ image, mask }, { format }) => {
  if (mask && keepsNothing(mask)) {
    const message = 'The mask covers the whole picture: leave some of it black, since the rest is filled from there'
    throw fieldError('invalid-input', 'mask', message, 'mask_covers_all')
  }
  const most = MOST_SIDE[format]
  if (Math.max(image.width, image.height) > most) {
    throw fieldError('invalid-input', 'format', `A ${format} file may have ${most} pixels a side; choose png`)
  }
}

/** How much of a run's time the search for a watermark takes. */
const SEARCHED = 0.2

/**
 * Erases what a mask covers, or a watermark where no mask is given.
 *
 * @throws ToolError model-unavailable when the engine that was named has no model here
 */
export const run: Run<Tool> = async (inputs, params, ctx) => {
  const { mask, source } = await maskOf(inputs, ctx)
  const from = source === 'given' ? 0 : SEARCHED
  const erased = await erase(inputs.image, mask, params, { ...ctx, checkpoint: portion(ctx.checkpoint, from, 1) })
  const metadata = readMetadata(ctx.sources.image)
  const { file, isLess } = await encodeErased(erased.picture, metadata, params, ctx.codec)
  const { touched, changedOutside } = compare(inputs.image, erased.picture, erased.touched)
  const data = {
    found: touched > 0,
    mask_source: source,
    ...engineOf(erased),
    erased_pixels: touched,
    untouched_pixels: erased.touched.length - touched,
    changed_outside: changedOutside,
    holes: [...erased.holes],
    notes: [...nothingNotes(source, touched), ...fileNotes(metadata, params, isLess)],
  }
  return { data, artefacts: { erased: file }, backend: backendOf(erased, ctx) }
}

interface FoundMask {
  readonly mask: Mask
  readonly source: 'given' | 'found' | 'none'
}

async function maskOf({ image, mask }: Inputs<Tool>, ctx: RunContext): Promise<FoundMask> {
  if (mask) return { mask: await readMask(mask, image), source: 'given' }
  const checkpoint = portion(ctx.checkpoint, 0, SEARCHED)
  const { mask: data, found } = await findWatermark(image, { models: ctx.models, checkpoint })
  const { width, height } = image
  return { mask: { width, height, data }, source: found ? 'found' : 'none' }
}

/** The engine that filled the largest share of the boxes around holes. */
function engineOf({ holes }: Erased): { engine: Engine | null; model: string | null } {
  const shares = new Map<Engine, number>()
  for (const { engine, w, h } of holes) shares.set(engine, (shares.get(engine) ?? 0) + w * h)
  const [first] = [...shares].sort(([, a], [, b]) => b - a)
  const engine = first?.[0] ?? null
  return { engine, model: holes.find((hole) => hole.engine === engine)?.model ?? null }
}

function backendOf({ holes }: Erased, { models }: RunContext): string {
  const names = holes.map(({ model }) => (model && models.backend(model)?.name) || 'WASM SIMD')
  return [...new Set(names)].join(', ') || 'WASM SIMD'
}

function nothingNotes(source: FoundMask['source'], touched: number): string[] {
  if (touched > 0) return []
  return [source === 'given' ? NOTES.nothingMarked : NOTES.nothingFound]
}

const fileNotes = ({ frames, cmyk, profile }: Metadata, { format }: Params, isLess: boolean): string[] => [
  ...(format === 'png' ? [] : [NOTES.lossy]),
  ...(frames > 1 ? [NOTES.firstFrameOnly] : []),
  ...(cmyk || profile ? [NOTES.convertedToSrgb] : []),
  ...(isLess ? [NOTES.metadataDropped] : []),
]
