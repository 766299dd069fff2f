import { opaque } from '../../core/opaque'
import type { Check, Run } from '../../core/operator'
import { toTensor } from '../../core/preprocess/to-tensor'
import { nsfwMobileNet } from '../../models/entries/content-classes'
import { CONTENT_CLASSES, type checkContent } from './spec'

/** Any picture can be looked at. */
export const check: Check<typeof checkContent> = () => {}

/** Shares of five classes by nsfwjs; the advice follows from the thresholds alone, so that each can be argued with. */
export const run: Run<typeof checkContent> = async ({ image }, params, ctx) => {
  const { id, preprocess, inputs } = nsfwMobileNet
  if (!preprocess) throw new Error('the manifest says how pictures become its input')
  const { tensor } = await toTensor(opaque(image), preprocess)
  const { classes } = await ctx.models.run(id, { [inputs[0].name]: tensor })
  await ctx.checkpoint(1, 1)
  const scores = Array.from(classes.data as Float32Array, fourDigits)
  const share = (name: (typeof CONTENT_CLASSES)[number]) => scores[CONTENT_CLASSES.indexOf(name)]
  const explicit = fourDigits(share('porn') + share('hentai'))
  const suggestive = fourDigits(explicit + share('sexy'))
  return {
    data: {
      policy: adviceOn(explicit, suggestive, params),
      explicit,
      suggestive,
      model: id,
      classes: CONTENT_CLASSES.map((name) => ({ name, score: share(name) })).sort((a, b) => b.score - a.score),
    },
    artefacts: {},
    backend: ctx.models.backend(id)?.name ?? '',
  }
}

type Thresholds = Parameters<typeof run>[1]

function adviceOn(explicit: number, suggestive: number, params: Thresholds): 'allow' | 'review' | 'block' {
  if (explicit >= params.block_explicit) return 'block'
  return explicit >= params.review_explicit || suggestive >= params.review_suggestive ? 'review' : 'allow'
}

const fourDigits = (value: number): number => Math.round(value * 1e4) / 1e4
