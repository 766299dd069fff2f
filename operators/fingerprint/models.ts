interface Embedding {
  /** Of the model: [N, D], or [N, tokens, D] of which the first token stands for the picture. */
  readonly output: string
  /** Cosine below which two pictures are no copies: of held-back copies, 1 in 1,000 lies there. -1 where nobody knows. */
  readonly least: number
  /** Whether what speaks for a copy was measured with it. */
  readonly isCalibrated: boolean
}

/** Models that embed whole pictures, the default first. */
export const EMBEDDINGS = {
  'darkroom-copies': { output: 'embedding', least: 0.6, isCalibrated: true },
  'dinov2-small': { output: 'last_hidden_state', least: -1, isCalibrated: false },
  'dinov2-base': { output: 'last_hidden_state', least: -1, isCalibrated: false },
  'sscd-disc-mixup': { output: 'embedding', least: -1, isCalibrated: false },
} as const satisfies Record<string, Embedding>

export type EmbeddingModel = keyof typeof EMBEDDINGS

export const EMBEDDING_MODELS = Object.keys(EMBEDDINGS) as [EmbeddingModel, ...EmbeddingModel[]]

/** Cosine from which two pictures are called alike: one pair of strangers in 1,000 reaches it, `npm run bench copies`. */
export const SAME_PICTURE = 0.8
