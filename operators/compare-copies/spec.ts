import * as z from 'zod'
import { ORIENTATIONS } from '../../core/copies/pdq'
import { defineSpec } from '../../core/operator'
import { EMBEDDING_MODELS } from '../fingerprint/models'
import { text } from './text'
import { EDITS, VERDICTS } from './verdict'

const EDIT_WORDS = {
  resized: 'Resized',
  cropped: 'Cropped',
  extended: 'Something around it',
  turned: 'Turned',
  mirrored: 'Mirrored',
  recolored: 'Other colours',
  overlaid: 'Something over it',
} as const

const share = (description: string) => z.number().min(0).max(1).meta({ description, unit: 'share' })

const alignment = z.object({
  outline: z
    .array(z.object({ x: z.number(), y: z.number() }))
    .length(4)
    .meta({
      description: 'Where the corners of the picture lie on the other one, clockwise from its top left, pixels',
    }),
  turn: z.number().meta({ title: 'Turn', unit: '°', description: 'Degrees clockwise, -180 to 180' }),
  scale: z.number().meta({ title: 'Scale', description: 'A length on the other picture / the same on this one' }),
  mirrored: z.boolean().meta({ title: 'Mirrored', description: 'Left and right changed, before the turn' }),
  overlap: share('How much of the other picture this one covers'),
  inside: share('How much of this picture lies on the other one'),
  changed: share('How much of the overlap shows something else'),
  residual: z.number().meta({ description: 'Mean difference of the overlap once the colours are fitted, 0 to 255' }),
  color: z
    .array(z.object({ gain: z.number(), offset: z.number() }))
    .length(3)
    .meta({ description: 'Red, green, blue: other = gain · picture + offset' }),
})

const match = z.object({
  query_x: z.number(),
  query_y: z.number(),
  train_x: z.number(),
  train_y: z.number(),
  distance: z.number(),
  inlier: z.boolean(),
})

export const compareCopies = defineSpec({
  id: 'compare-copies',
  tool: 'compare-copies',
  path: 'copies/compare',
  title: 'Copy or not',
  summary: 'Says whether one picture is made from another, what was done to it, and shows why.',
  icon: 'images',
  job: 'copies',
  inputs: [
    { name: 'image', kind: 'raster', title: 'Picture', help: 'What may be a copy' },
    { name: 'other', kind: 'raster', title: 'Other picture', help: 'What it may be a copy of' },
  ],
  batch: 'image',
  params: z.object({
    library_size: z.int().min(1).max(1_000_000_000).default(1).meta({
      title: 'Pictures compared',
      description: 'From how many the other one was picked: among more, a stranger looks alike sooner.',
    }),
    model: z.enum(EMBEDDING_MODELS).default(EMBEDDING_MODELS[0]).meta({
      title: 'Model',
      description: 'What measures how alike the two are.',
      models: 'image-embedding',
    }),
  }),
  result: z.object({
    copies_found: z.int().min(0).max(1).meta({ description: '1 when one picture is made from the other' }),
    verdict: z.enum(VERDICTS).meta({
      title: 'Verdict',
      words: {
        same_file: 'The same file',
        reencoded: 'The same picture, saved again',
        edited: 'An edited copy',
        similar: 'Alike, but no copy',
        different: 'Different pictures',
      },
    }),
    probability: share('That one is made from the other').meta({ title: 'Probability', unit: 'share' }),
    edits: z.array(z.enum(EDITS).meta({ words: EDIT_WORDS })).meta({ title: 'Edits', description: 'What was done' }),
    similarity: z.number().nullable().meta({
      title: 'Similarity',
      description: 'Cosine of the embeddings, -1 to 1; null where the model is not here',
    }),
    model: z.string().nullable().meta({ description: 'The model that ran' }),
    pdq_distance: z.int().meta({ title: 'PDQ distance', description: 'Differing bits of 256; copies have at most 31' }),
    pdq_orientation: z.enum(ORIENTATIONS).meta({
      title: 'PDQ orientation',
      description: 'How the picture was turned for that',
    }),
    pdq_quality: z.int().meta({ title: 'PDQ quality', description: '0 to 100, of the poorer picture' }),
    inliers: z.int().meta({ title: 'Details that agree', description: 'On how one picture lies on the other' }),
    alignment: alignment.nullable().meta({ description: 'Null when too few details agree' }),
    matches: z.array(match).meta({ description: 'Pairs of details, in pixels of each picture' }),
  }),
  found: 'copies_found',
  models: ['image-embedding'],
  artefacts: [
    { name: 'aligned', title: 'Picture laid on the other', optional: true },
    { name: 'difference', title: 'What differs', optional: true },
  ],
  layers: [{ kind: 'pairs', field: 'matches', other: 'other', aligned: 'aligned', title: 'Details' }],
  live: [],
  samples: [
    { title: 'A page and its photograph', files: { image: '/samples/page-photo.jpg', other: '/samples/page.jpg' } },
  ],
  text,
  // Measured: aligning two pictures takes 0.5 s, hashing and shrinking 40 ns per pixel.
  cost: ({ image, other }) => {
    const pixels = image.width * image.height + other.width * other.height
    return { seconds: 0.5 + pixels * 4e-8, bytes: SESSION_BYTES + pixels * 8 }
  },
})

const SESSION_BYTES = 2 ** 27
