/** Models that embed whole pictures, the default first, and which of their outputs is the embedding. */
export const EMBEDDINGS = {
  'darkroom-copies': { output: 'embedding' },
} as const

export type EmbeddingModel = keyof typeof EMBEDDINGS

export const EMBEDDING_MODELS = Object.keys(EMBEDDINGS) as [EmbeddingModel, ...EmbeddingModel[]]

/** Cosine from which two pictures are called alike: one pair of strangers in 1,000 reaches it, `npm run bench copies`. */
export const SAME_PICTURE = 0.8
