import { pdq } from '../../core/copies/pdq'
import { opaque } from '../../core/opaque'
import type { Check, Run } from '../../core/operator'
import { sha256 } from '../../core/sha256'
import { embedImage } from './embed'
import type { fingerprint } from './spec'

const STEPS = 2

/** Every picture has a fingerprint; that of one without detail says little, and its quality says so. */
export const check: Check<typeof fingerprint> = () => {}

export const run: Run<typeof fingerprint> = async ({ image }, { model }, ctx) => {
  const picture = opaque(image)
  const { hash, quality, orientations } = pdq(picture)
  await ctx.checkpoint(1, STEPS)
  const embedding = Array.from(await embedImage(picture, model, ctx))
  await ctx.checkpoint(2, STEPS)
  const { image: file } = ctx.sources
  const data = {
    sha256: file ? sha256(file) : null,
    pdq: hash,
    pdq_quality: quality,
    pdq_orientations: [...orientations],
    embedding,
    embedding_dim: embedding.length,
    model,
    width: image.width,
    height: image.height,
  }
  return { data, artefacts: {}, backend: ctx.models.backend(model)?.name ?? '' }
}
