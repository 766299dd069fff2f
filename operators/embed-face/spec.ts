import * as z from 'zod'
import { defineSpec } from '../../core/operator'
import { text } from './text'

// Written out, as a page that only shows this tool need not load the manifest; a test keeps them the same.
const MODELS = ['faceplugin-fr-feature', 'antelopev2-glint360k', 'auraface-v1', 'sface-2021dec'] as const

/** Cosine of two aligned faces from which the page says that they show one person: `thresholds.ts` at 1 in 1,000. */
export const SAME_PERSON = 0.402

export const ALIGNMENTS = ['landmarks', 'none'] as const

const pose = z
  .object({
    yaw: z.number().meta({ description: 'Degrees; positive looks to the left of the picture' }),
    pitch: z.number().meta({ description: 'Degrees; positive looks up' }),
    roll: z.number().meta({ description: 'Degrees; positive is tilted clockwise' }),
  })
  .meta({ title: 'Head', draw: 'head-pose' })

const attributes = z.object({
  age: z.int().meta({ description: 'Years, estimated' }),
  gender: z
    .enum(['male', 'female'])
    .meta({ description: 'As the model takes it from the looks', words: { male: 'Male', female: 'Female' } }),
  pose,
})

export type Attributes = z.infer<typeof attributes>

const face = z.object({
  x: z.number().meta({ title: 'X', description: 'Left edge, pixels', unit: 'px' }),
  y: z.number().meta({ title: 'Y', description: 'Top edge, pixels', unit: 'px' }),
  w: z.number().meta({ title: 'Width', description: 'Width, pixels', unit: 'px' }),
  h: z.number().meta({ title: 'Height', description: 'Height, pixels', unit: 'px' }),
  score: z.number().meta({ description: '0 to 1, how sure the finder is', unit: 'share' }),
})

export const embedFace = defineSpec({
  id: 'embed-face',
  tool: 'embed-face',
  path: 'faces/embedding',
  title: 'Face embedding',
  summary: 'Turns a cropped face into numbers by which faces can be compared.',
  icon: 'scan-face',
  job: 'faces',
  inputs: [{ name: 'file', kind: 'raster', title: 'Face', help: 'A picture of one face, cropped' }],
  batch: 'file',
  params: z.object({
    include_attributes: z.boolean().default(false).meta({
      title: 'Age, gender, pose',
      description: 'Estimate them as well: three times the work.',
    }),
    normalize: z.boolean().default(false).meta({
      title: 'Unit length',
      description: 'Scale the numbers to length 1 (L2), so that their dot product is the cosine.',
    }),
    alignment: z.enum(ALIGNMENTS).default('landmarks').meta({
      title: 'Alignment',
      description:
        'landmarks brings eyes, nose and mouth to where the model expects them; none scales the crop as it is, for crops that are aligned already.',
    }),
    model: z.enum(MODELS).default(MODELS[0]).meta({
      title: 'Model',
      description: 'Vectors of different models cannot be compared.',
      models: 'face-embedding',
    }),
  }),
  result: z.object({
    embedding: z.array(z.number()).meta({ description: 'The vector' }),
    embedding_shape: z.array(z.int()).length(1),
    embedding_dim: z.int().meta({ title: 'Numbers', description: 'How many the vector has' }),
    model: z.string().meta({ description: 'The model that ran' }),
    input_size: z.string().meta({ description: 'What the model was shown, pixels' }),
    attributes: attributes.optional().meta({ description: 'There when asked for' }),
    model_contract: z.string().meta({
      description:
        'Model, alignment as it was done (none without a face) and normalisation: vectors can be compared when all three are the same',
    }),
    face_found: z.boolean().nullable().meta({
      title: 'Face found',
      description:
        'Whether a face seems to be in the picture; null when nobody looked, without alignment and attributes',
    }),
    faces: z.array(face).max(1).meta({ description: 'Where the face was found; empty when it was not' }),
    warnings: z
      .array(z.string())
      .meta({ description: 'Sentences about what may make the vector useless', warns: true }),
  }),
  models: ['face-embedding', 'face-detection', 'face-landmarks', 'face-pose', 'face-attributes'],
  vectors: { field: 'embedding', same: SAME_PERSON, contract: 'model_contract' },
  artefacts: [],
  layers: [{ kind: 'boxes', field: 'faces', title: 'Face' }],
  live: [],
  samples: [{ title: 'The face of an astronaut', files: { file: '/samples/face.jpg' } }],
  text,
  // Measured: 20 ms for the vector, 30 ms for finding the face, 90 ms for the attributes, and 8 ns per pixel of the crop.
  cost: ({ file }, { include_attributes, alignment }) => {
    const pixels = file.width * file.height
    const looks = include_attributes || alignment === 'landmarks' ? 0.03 : 0
    const seconds = 0.02 + looks + (include_attributes ? 0.09 : 0) + pixels * 8e-9
    return { seconds, bytes: SESSION_BYTES + pixels * 14 }
  },
})

const SESSION_BYTES = 2 ** 26
