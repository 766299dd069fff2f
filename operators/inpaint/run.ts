import { fieldError } from '../../core/errors'
import { bitDepth } from '../../core/metadata/bit-depth'
import { readProfile } from '../../core/metadata/profile'
import { readMetadata } from '../../core/metadata/read'
import type { Check, Inputs, Run, RunContext } from '../../core/operator'
import { portion } from '../../core/progress'
import type { Raster } from '../../core/raster'
import { findWatermark } from '../find-watermark/find'
import { compare } from './blend'
import { type Beside, encodeErased } from './encode'
import { fillers } from './engines/engines'
import { type Erased, type EraseOptions, erase } from './erase'
import { keepsNothing, type Mask, readMask } from './mask'
import { type Scores, scoreFilling } from './scores'
import { type Engine, type inpaint, NOTES } from './spec'
import { type TakenOut, takeOut } from './take-out'

type Tool = typeof inpaint
type Params = Parameters<Run<Tool>>[1]

const MOST_SIDE = { webp: 16_383, jpeg: 65_535, png: Number.POSITIVE_INFINITY } as const

/** @throws ToolError invalid-input when the mask leaves nothing, or the file type has no pictures of this size */
export const check: Check<Tool> = ({ image, mask }, { engine, duel, format }) => {
  if (engine === duel) {
    throw fieldError('invalid-input', 'duel', `A duel needs two engines: choose another one than ${engine}`)
  }
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
 * Takes out a mark that is given, and erases what a mask covers; a watermark where neither is given.
 *
 * @throws ToolError model-unavailable when the engine that was named has no model here
 */
export const run: Run<Tool> = async (inputs, params, ctx) => {
  const { image, icc } = await inOwnColours(inputs.image, ctx)
  const { picture, mask, source, taken } = await toErase(image, inputs, ctx)
  const checkpoint = portion(ctx.checkpoint, source === 'found' || source === 'none' ? SEARCHED : 0, 1)
  const [better, other] = await eraseByEach(picture, mask, params, { ...ctx, checkpoint })
  const beside = { metadata: readMetadata(ctx.sources.image), icc }
  const { file, isLess } = await encodeErased(better.picture, beside, params, ctx.codec)
  const rival = other && (await encodeErased(other.picture, beside, params, ctx.codec)).file
  const all = taken ? better.touched.map((filled, i) => filled | taken.touched[i]) : better.touched
  const { touched, changedOutside } = compare(image, better.picture, all)
  const data = {
    found: touched > 0,
    mask_source: source,
    ...(engineOf(better) ?? { engine: null, model: null }),
    erased_pixels: touched,
    unblended_pixels: all.reduce((sum, one, i) => sum + (one & ~better.touched[i]), 0),
    untouched_pixels: all.length - touched,
    changed_outside: changedOutside,
    holes: [...better.holes],
    scores: better.holes.length > 0 ? better.scores : null,
    rival: rivalOf(other),
    notes: [
      ...nothingNotes(source, touched),
      ...markNotes(inputs, taken),
      ...depthNotes(ctx),
      ...fileNotes(beside, params, isLess),
    ],
  }
  return { data, artefacts: { erased: file, ...(rival && { rival }) }, backend: backendOf([better, other], ctx) }
}

interface Picture {
  readonly image: Raster
  /** The profile that its numbers belong to; they are sRGB without one. */
  readonly icc?: Uint8Array
}

/** A picture with a profile as its file has it: converted to sRGB, no pixel would be as it was. */
async function inOwnColours(image: Raster, { sources, codec }: RunContext): Promise<Picture> {
  const icc = readProfile(sources.image)
  if (!icc) return { image }
  const limits = { pixels: image.width * image.height, side: Math.max(image.width, image.height) }
  return { image: await codec.decode(sources.image, limits, 'stored'), icc }
}

interface Scored extends Erased {
  readonly scores: Scores
}

/** The result of each engine that is asked for, the one that fits its surroundings better first. */
async function eraseByEach(image: Raster, mask: Mask, params: Params, ctx: RunContext): Promise<[Scored, Scored?]> {
  const { duel } = params
  if (duel === 'none') return [await eraseBy(params, image, mask, ctx)]
  const half = (from: number) => ({ ...ctx, checkpoint: portion(ctx.checkpoint, from, from + 0.5) })
  const first = await eraseBy({ ...params, except: duel }, image, mask, half(0))
  if (first.holes.length === 0) return [first]
  const second = await eraseBy({ ...params, engine: duel }, image, mask, half(0.5))
  return second.scores.total > first.scores.total ? [second, first] : [first, second]
}

async function eraseBy(options: EraseOptions, image: Raster, mask: Mask, ctx: RunContext): Promise<Scored> {
  const erased = await erase(image, mask, options, ctx)
  const boxes = erased.holes.map(({ x, y, w, h }) => ({ x, y, width: w, height: h }))
  const touched = { width: mask.width, height: mask.height, data: erased.touched }
  return { ...erased, scores: scoreFilling(erased.picture, touched, boxes, options.feather) }
}

function rivalOf(other: Scored | undefined) {
  const named = other && engineOf(other)
  return named ? { ...named, scores: other.scores } : null
}

interface ToErase {
  /** Without the mark, where one was taken out. */
  readonly picture: Raster
  readonly mask: Mask
  readonly source: 'given' | 'found' | 'mark' | 'none'
  readonly taken?: TakenOut
}

/** What is left to fill when a mark was taken out, and what the mask covers; a watermark is looked for without either. */
async function toErase(picture: Raster, { image, mask, mark }: Inputs<Tool>, ctx: RunContext): Promise<ToErase> {
  const given = mask && (await readMask(mask, image))
  const taken = mark && takeOut(picture, mark)
  if (taken)
    return { picture: taken.picture, mask: given ? union(given, taken.rest) : taken.rest, source: 'mark', taken }
  if (given) return { picture, mask: given, source: 'given' }
  const checkpoint = portion(ctx.checkpoint, 0, SEARCHED)
  const { mask: data, found } = await findWatermark(image, { models: ctx.models, checkpoint })
  const { width, height } = image
  return { picture, mask: { width, height, data }, source: found ? 'found' : 'none' }
}

const union = (a: Mask, b: Mask): Mask => ({ ...a, data: a.data.map((value, i) => Math.max(value, b.data[i])) })

/** The engine that filled the largest share of the boxes around holes. */
function engineOf({ holes }: Erased): { engine: Engine; model: string | null } | undefined {
  const shares = new Map<Engine, number>()
  for (const { engine, w, h } of holes) shares.set(engine, (shares.get(engine) ?? 0) + w * h)
  const [largest] = [...shares].sort(([, a], [, b]) => b - a)
  return largest && { engine: largest[0], model: fillers[largest[0]].model ?? null }
}

function backendOf(results: readonly (Erased | undefined)[], { models }: RunContext): string {
  const holes = results.flatMap((result) => result?.holes ?? [])
  const names = holes.map(({ model }) => (model && models.backend(model)?.name) || KERNELS)
  return [...new Set(names)].join(', ') || KERNELS
}

const KERNELS = 'WASM SIMD'

const markNotes = ({ mark }: Inputs<Tool>, taken: TakenOut | undefined): string[] =>
  mark && !taken ? [NOTES.noSuchMark] : []

function nothingNotes(source: ToErase['source'], touched: number): string[] {
  if (touched > 0) return []
  return [source === 'given' ? NOTES.nothingMarked : NOTES.nothingFound]
}

const depthNotes = ({ sources }: RunContext): string[] => (bitDepth(sources.image) > 8 ? [NOTES.eightBits] : [])

const fileNotes = ({ metadata, icc }: Beside, { format }: Params, isLess: boolean): string[] => [
  ...(format === 'png' ? [] : [NOTES.lossy]),
  ...(metadata.frames > 1 ? [NOTES.firstFrameOnly] : []),
  ...(metadata.cmyk || (metadata.profile && !icc) ? [NOTES.convertedToSrgb] : []),
  ...(isLess ? [NOTES.metadataDropped] : []),
]
