import { hammingDistance, ORIENTATIONS, type Pdq, pdq } from '../../core/copies/pdq'
import { opaque } from '../../core/opaque'
import type { Check, Run, RunContext } from '../../core/operator'
import { portion } from '../../core/progress'
import type { Raster } from '../../core/raster'
import { sha256 } from '../../core/sha256'
import { dot } from '../../core/vector'
import { embedImage } from '../fingerprint/embed'
import { EMBEDDINGS, type EmbeddingModel } from '../fingerprint/models'
import { align } from './alignment'
import { overlapOf } from './overlap'
import type { compareCopies } from './spec'
import { type Evidence, editsOf, type Found, probability, verdictOf } from './verdict'

/** Any two pictures can be compared. */
export const check: Check<typeof compareCopies> = () => {}

/** Gathers what speaks for and against `image` being made from `other`, or the other way round. */
export const run: Run<typeof compareCopies> = async ({ image, other }, { library_size, model }, ctx) => {
  const [picture, onto] = [opaque(image), opaque(other)]
  const hashes = nearestTurn(pdq(picture), pdq(onto))
  await ctx.checkpoint(0.1, 1)
  const similarity = (await ctx.models.has(model)) ? await similarityOf(picture, onto, model, ctx) : undefined
  await ctx.checkpoint(0.2, 1)
  const lies = await align(picture, onto, { ...ctx, checkpoint: portion(ctx.checkpoint, 0.2, 0.9) })
  const shown = lies && (await overlapOf(picture, onto, lies, ctx.codec))
  const evidence: Evidence = {
    sameFile: isSameFile(ctx),
    pdqDistance: hashes.distance,
    pdqQuality: hashes.quality,
    similarity: EMBEDDINGS[model].isCalibrated ? similarity : undefined,
    inliers: lies?.inliers ?? 0,
    found: shown?.found,
  }
  const certainty = probability(evidence, library_size)
  const verdict = verdictOf(evidence, certainty)
  return {
    data: {
      copies_found: verdict === 'similar' || verdict === 'different' ? 0 : 1,
      verdict,
      probability: certainty,
      edits: editsOf(evidence.found),
      similarity: similarity ?? null,
      model: similarity === undefined ? null : model,
      pdq_distance: hashes.distance,
      pdq_orientation: hashes.orientation,
      pdq_quality: hashes.quality,
      inliers: evidence.inliers,
      alignment: shown ? rounded(shown.found) : null,
      matches: [...(lies?.matches ?? [])],
    },
    artefacts: shown ? { aligned: shown.aligned, difference: shown.differs } : {},
    backend: 'WASM SIMD',
  }
}

function nearestTurn(picture: Pdq, other: Pdq) {
  const distances = picture.orientations.map((hash) => hammingDistance(hash, other.hash))
  const distance = Math.min(...distances)
  const orientation = ORIENTATIONS[distances.indexOf(distance)]
  return { distance, orientation, quality: Math.min(picture.quality, other.quality) }
}

async function similarityOf(picture: Raster, other: Raster, model: EmbeddingModel, ctx: RunContext): Promise<number> {
  return dot(await embedImage(picture, model, ctx), await embedImage(other, model, ctx))
}

function isSameFile({ sources: { image, other } }: RunContext): boolean {
  return image !== undefined && other !== undefined && image.length === other.length && sha256(image) === sha256(other)
}

/** More digits than that would pretend. */
function rounded({ outline, turn, scale, mirrored, overlap, inside, changed, residual, color }: Found) {
  const to = (digits: number) => (value: number) => Number(value.toFixed(digits))
  return {
    outline: outline.map(({ x, y }) => ({ x: to(1)(x), y: to(1)(y) })),
    turn: to(1)(turn),
    scale: to(4)(scale),
    mirrored,
    overlap: to(4)(overlap),
    inside: to(4)(inside),
    changed: to(4)(changed),
    residual: to(2)(residual),
    color: color.map(({ gain, offset }) => ({ gain: to(3)(gain), offset: to(1)(offset) })),
  }
}
