import * as z from 'zod'
import { ORIENTATIONS } from '../../core/copies/pdq'
import { defineSpec } from '../../core/operator'
import { EMBEDDING_MODELS, SAME_PICTURE } from './models'
import { text } from './text'

const hash = z.string().length(64)

export const fingerprint = defineSpec({
  id: 'fingerprint',
  tool: 'fingerprint',
  path: 'copies/fingerprint',
  title: 'Fingerprint',
  summary: 'Gives the hashes and the vector by which copies of a picture are found; groups a folder of pictures.',
  icon: 'fingerprint',
  job: 'copies',
  inputs: [{ name: 'image', kind: 'raster', title: 'Picture' }],
  batch: 'image',
  params: z.object({
    model: z.enum(EMBEDDING_MODELS).default(EMBEDDING_MODELS[0]).meta({
      title: 'Model',
      description: 'Vectors of different models cannot be compared.',
      models: 'image-embedding',
    }),
  }),
  result: z.object({
    sha256: hash.nullable().meta({ title: 'SHA-256', description: 'Of the file as it is' }),
    pdq: hash.meta({ title: 'PDQ', description: 'Perceptual hash, 256 bits as hexadecimal digits' }),
    pdq_quality: z
      .int()
      .meta({ title: 'Detail', description: '0 to 100; below 50 the perceptual hash tells too little' }),
    pdq_orientations: z
      .array(hash)
      .length(ORIENTATIONS.length)
      .meta({
        description: `Perceptual hashes of the picture ${ORIENTATIONS.join(', ')}`,
      }),
    embedding: z.array(z.number()).meta({ description: 'The vector, of length 1' }),
    embedding_dim: z.int().meta({ title: 'Numbers', description: 'How many the vector has' }),
    model: z.string().meta({ description: 'The model that ran' }),
    width: z.int().meta({ title: 'Width', description: 'Pixels', unit: 'px' }),
    height: z.int().meta({ title: 'Height', description: 'Pixels', unit: 'px' }),
  }),
  models: ['image-embedding'],
  vectors: { field: 'embedding', same: SAME_PICTURE, contract: 'model' },
  artefacts: [],
  layers: [],
  live: [],
  samples: [{ title: 'A cup of coffee', files: { image: '/samples/coffee.jpg' } }],
  text,
  // Measured: the vector takes 15 ms, the hash 15 ns per pixel.
  cost: ({ image }) => {
    const pixels = image.width * image.height
    return { seconds: 0.02 + pixels * 1.5e-8, bytes: SESSION_BYTES + pixels * 4 }
  },
})

const SESSION_BYTES = 2 ** 26
