import { fieldError, ToolError } from '../../core/errors'
import { type Metadata, readMetadata } from '../../core/metadata/read'
import type { Check, Inputs, Run, RunContext } from '../../core/operator'
import { portion } from '../../core/progress'
import type { Raster } from '../../core/raster'
import { sha256 } from '../../core/sha256'
import { findModel } from '../../models/manifest'
import { coverQuad } from './cover'
import { darkroomPlates, type Sight, sightsOf } from './detect'
import { blocksOf, encodeCovered } from './encode'
import { lookCloselyAt, together, WORTH_A_LOOK } from './find'
import { type Covered, lookAgain } from './look-again'
import { bounds, expanded, isConvex, type Quad, rectangle, sides } from './quad'
import { signedReceipt } from './receipt'
import { type Kept, platesOf, resultOf, toQuad } from './result'
import { type coverPlates, LOWEST, NOTES } from './spec'
import { coverMaker, styleUsed } from './style'
import { viewsOf } from './views'

type Tool = typeof coverPlates
type Params = Parameters<Run<Tool>>[1]

const MOST_SIDE = { webp: 16_383, jpeg: 65_535, png: Number.POSITIVE_INFINITY } as const

/** @throws ToolError invalid-input when a quad cannot be covered, or the file type has no pictures of this size */
export const check: Check<Tool> = ({ image }, { format, quads, dry_run }) => {
  const crooked = quads?.findIndex((quad) => !isConvex(toQuad(quad))) ?? -1
  if (crooked >= 0) {
    const message = 'The four corners must go round the plate in one direction, and lie apart'
    throw new ToolError('invalid-input', `quads ${crooked}: ${message}`, {
      issues: [{ path: ['quads', crooked], type: 'value_error', message, input: quads?.[crooked] }],
    })
  }
  const most = MOST_SIDE[format]
  if (!dry_run && Math.max(image.width, image.height) > most) {
    throw fieldError('invalid-input', 'format', `A ${format} file may have ${most} pixels a side; choose png`)
  }
}

/**
 * Finds plates, covers them, looks again, and says what was done.
 *
 * @throws ToolError model-unavailable when there is something to search for and no model here
 */
export const run: Run<Tool> = async (inputs, params, ctx) => {
  const startedAt = Date.now()
  const { found, sights } = await search(inputs.image, params, ctx)
  if (params.dry_run) return { data: resultOf(found, params), artefacts: {}, backend: backendOf(ctx), kept: found }
  const style = styleUsed(params.style, inputs.cover)
  const { picture, covers } = await coverAll(inputs, found, { ...params, style }, ctx)
  const remaining = await secondLook({ picture, covers, before: sights }, params, ctx)
  const looked = !params.quads || remaining !== undefined
  const source = ctx.sources.image
  const metadata = readMetadata(source)
  const { file, kept: blocks } = await encodeCovered(picture, metadata, params, ctx.codec)
  const notes = notesOf(metadata, blocks, remaining !== undefined)
  const kept: Kept = { ...found, remaining, notes }
  const data = resultOf(kept, params)
  const receipt = await signedReceipt(
    {
      receipt: 'darkroom/cover-plates/1',
      created_at: new Date(startedAt).toISOString(),
      took_ms: Date.now() - startedAt,
      source: { ...digest(source), metadata: blocksOf(metadata) },
      output: {
        ...digest(file.bytes),
        type: file.type,
        width: picture.width,
        height: picture.height,
        metadata: blocks,
      },
      method: methodOf({ ...params, style }, ctx),
      model: looked ? shown(model) : null,
      corner_model: looked && corners && (await ctx.models.has(corners)) ? shown(corners) : null,
      ...{ quads: data.plates, residuals: data.residuals, residual_score: data.residual_score },
    },
    ctx.sign,
  )
  return { data, artefacts: { covered: file, receipt }, backend: backendOf(ctx), kept }
}

const { model, corners } = darkroomPlates

const digest = (bytes: Uint8Array) => ({ sha256: sha256(bytes), bytes: bytes.length })

const methodOf = ({ style, color, margin, threshold, tiling, zones }: Params, { sources }: RunContext) => ({
  ...{ style, color, margin, threshold, tiling, zones },
  cover_sha256: style === 'image' && sources.cover ? sha256(sources.cover) : null,
})

const shown = (id: string) => ({ id, sha256: findModel(id)?.files[0].sha256 ?? null })

const backendOf = ({ models }: RunContext): string => models.backend(model)?.name ?? 'WASM SIMD'

/** How much of a run's time each part takes. */
const SEARCHED = 0.4
const COVERED = 0.5

interface Search {
  readonly found: Kept
  readonly sights: readonly Sight[]
}

async function search(image: Raster, { quads, tiling }: Params, ctx: RunContext): Promise<Search> {
  const size = { width: image.width, height: image.height }
  if (quads) {
    const given = quads.map((quad) => ({ ...quad, score: quad.score ?? null, covered: true }))
    return { found: { size, given, notes: [] }, sights: [] }
  }
  if (!(await ctx.models.has(model))) {
    throw new ToolError(
      'model-unavailable',
      'The plate model is not installed here; fetch it under Models, or mark the plates by hand',
    )
  }
  const checkpoint = portion(ctx.checkpoint, 0, SEARCHED)
  const options = { views: viewsOf(image, tiling), lowest: WORTH_A_LOOK, checkpoint }
  const sights = await sightsOf(image, darkroomPlates, options, ctx)
  const detected = await lookCloselyAt(image, together(sights), darkroomPlates, LOWEST, ctx)
  return { found: { size, given: [], detected, notes: [] }, sights }
}

/** On a copy: what is seen in the plates is taken from the picture as it was. */
async function coverAll({ image, cover }: Inputs<Tool>, found: Kept, params: Params, ctx: RunContext) {
  const picture = { ...image, data: image.data.slice() }
  const makeCover = await coverMaker(image, params, cover, ctx)
  const plates = platesOf(found, params).filter(({ covered }) => covered)
  const covers = plates.map((plate) => withMargin(toQuad(plate), params.margin))
  for (const [i, quad] of covers.entries()) {
    await portion(ctx.checkpoint, SEARCHED, COVERED)(i, covers.length)
    await coverQuad(picture, quad, await makeCover(quad))
  }
  return { picture, covers }
}

/** A detection whose corners do not go round is covered as far as it reaches: else a part of it would be left. */
function withMargin(quad: Quad, percent: number): Quad {
  const whole = isConvex(quad) ? quad : rectangle(bounds(quad))
  return expanded(whole, (sides(whole).height * percent) / 100)
}

async function secondLook(covered: Covered, params: Params, ctx: RunContext) {
  if (!params.second_look || !(await ctx.models.has(model))) return undefined
  return lookAgain(covered, params.tiling, darkroomPlates, portion(ctx.checkpoint, COVERED, 1), ctx)
}

function notesOf(metadata: Metadata, kept: readonly string[], lookedAgain: boolean): string[] {
  const said = blocksOf({ ...metadata, profile: false })
  return [
    ...(lookedAgain ? [] : [NOTES.notLookedAgain]),
    ...(metadata.frames > 1 ? [NOTES.firstFrameOnly] : []),
    ...(metadata.cmyk ? [NOTES.convertedFromCmyk] : []),
    ...(said.every((block) => kept.includes(block)) ? [] : [NOTES.metadataDropped]),
  ]
}
