import * as z from 'zod'
import { ALIGNMENTS, embedFace } from '../../../operators/embed-face/spec'
import type { HeldFile } from '../engine'

/** Most crops of one batch. */
export const MOST_CROPS = 64

const { include_attributes, normalize, model } = embedFace.params.shape

/** The contract scales crops as they are; whoever sends crops that nobody has aligned asks for it. */
const alignment = z.enum(ALIGNMENTS).default('none').meta({
  description:
    '`none` scales the crop to the model’s input, `landmarks` first brings eyes, nose and mouth to where the model expects them',
})

export const EmbedQuery = z.object({ include_attributes, normalize, alignment, model })

export const BatchQuery = EmbedQuery.extend({ alignment: embedFace.params.shape.alignment })

export const CompareQuery = z.object({
  model,
  false_match_rate: z.number().min(0.0001).max(0.1).default(0.001).meta({
    description: 'How many of all pairs of different people may be taken for one person',
  }),
})

const result = embedFace.result.shape

/** What the contract answers for one crop; `model_contract` is ours. */
export const Embedding = z
  .object({
    embedding: result.embedding,
    embedding_shape: result.embedding_shape,
    embedding_dim: result.embedding_dim,
    model: result.model,
    input_size: result.input_size,
    attributes: result.attributes,
    model_contract: result.model_contract,
  })
  .meta({ title: 'Face embedding' })

const name = z.string().meta({ description: 'The file, as it was sent' })

const Embedded = embedFace.result.extend({ name, ok: z.literal(true) })
const Refused = z.object({
  name,
  ok: z.literal(false),
  code: z.string().meta({ description: 'What was wrong, for programs' }),
  error: z.string().meta({ description: 'The same as a sentence' }),
})

export const EmbeddingBatch = z
  .object({
    count: z.int().meta({ description: 'Crops sent' }),
    embedded: z.int().meta({ description: 'Crops that have a vector' }),
    results: z.array(z.discriminatedUnion('ok', [Embedded, Refused])).meta({ description: 'In the order sent' }),
  })
  .meta({ title: 'Face embeddings' })

const side = z.object({
  face_found: z.boolean().meta({ description: 'Whether a face seems to be in the picture' }),
  warnings: result.warnings,
})

export const Comparison = z
  .object({
    cosine: z.number().meta({ description: '-1 to 1, higher is more alike' }),
    same_person: z.boolean().nullable().meta({
      description: 'Whether the cosine reaches the threshold; null where none was measured for the model',
    }),
    threshold: z.number().nullable(),
    false_match_rate: z.number().nullable().meta({
      description:
        'Share of pairs of different people at or above the threshold, as measured; the least measured where what was asked is less',
    }),
    true_match_rate: z.number().nullable().meta({
      description: 'Share of pairs of one person at or above the threshold, as measured',
    }),
    measured_on: z.string().nullable(),
    model: result.model,
    model_contract: result.model_contract,
    files: z.array(side).length(2),
  })
  .meta({ title: 'Face comparison' })

export const FacesHealth = z
  .object({
    status: z.literal('healthy'),
    model: z.string().meta({ description: 'The face embedding model that runs by default' }),
    embedding_dim: z.int(),
    input_size: z.string(),
    device: z.string().meta({ description: 'What computes' }),
    version: z.string(),
  })
  .meta({ title: 'Health of face embedding' })

const SIGNATURES = [
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], // PNG
  [0xff, 0xd8, 0xff], // JPEG
]

/** The contract takes no other pictures; a file is what its first bytes say. */
export const isJpegOrPng = ({ bytes }: HeldFile): boolean =>
  SIGNATURES.some((signature) => signature.every((byte, i) => bytes[i] === byte))
