import * as z from 'zod'
import { defineSpec } from '../../core/operator'
import { text } from './text'

/** What the model tells apart, in the order of its output. */
export const CONTENT_CLASSES = ['drawing', 'hentai', 'neutral', 'porn', 'sexy'] as const

const POLICIES = ['allow', 'review', 'block'] as const

const NEVER = 1.01 // a sum of shares never comes there

const threshold = z.number().min(0.05).max(NEVER)

export const checkContent = defineSpec({
  id: 'check-content',
  tool: 'check-content',
  path: 'copies/content',
  title: 'Content filter',
  summary: 'Says how likely a picture is sexual, and whether somebody should look at it first.',
  icon: 'shield-alert',
  job: 'copies',
  inputs: [{ name: 'image', kind: 'raster', title: 'Picture' }],
  batch: 'image',
  params: z.object({
    review_explicit: threshold.default(0.6).meta({
      title: 'Explicit to review',
      description: 'Sum of porn and hentai from which somebody should look at it.',
      step: 0.05,
    }),
    review_suggestive: threshold.default(0.8).meta({
      title: 'Suggestive to review',
      description: 'Sum of porn, hentai and sexy from which somebody should look at it.',
      step: 0.05,
    }),
    block_explicit: threshold.default(NEVER).meta({
      title: 'Explicit to block',
      description: 'Sum of porn and hentai from which it is blocked unseen; above 1 never, as the model errs.',
      step: 0.05,
    }),
  }),
  result: z.object({
    policy: z.enum(POLICIES).meta({
      title: 'Advice',
      description: 'What the thresholds make of the scores',
      words: { allow: 'Fine to show', review: 'Look at it first', block: 'Blocked' },
    }),
    explicit: z.number().meta({ title: 'Explicit', description: 'Sum of porn and hentai, 0 to 1', unit: 'share' }),
    suggestive: z.number().meta({ title: 'Suggestive', description: 'The same with sexy, 0 to 1', unit: 'share' }),
    model: z.string().meta({ description: 'The model that ran' }),
    classes: z
      .array(
        z.object({
          name: z.enum(CONTENT_CLASSES).meta({ title: 'Class' }),
          score: z.number().meta({ description: '0 to 1; all together 1', unit: 'share' }),
        }),
      )
      .meta({ description: 'The likeliest first' }),
  }),
  models: ['content-classification'],
  artefacts: [],
  layers: [],
  live: [],
  samples: [{ title: 'A cup of coffee', files: { image: '/samples/coffee.jpg' } }],
  text,
  // Measured: one run of the model, and bringing the picture to its size.
  cost: ({ image }) => {
    const pixels = image.width * image.height
    return { seconds: 0.04 + pixels * 2e-9, bytes: 2 ** 26 + pixels * 4 }
  },
})
