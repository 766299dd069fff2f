import { z } from 'zod'
import { type Values, whole } from './variable'

export const plateVariables = {
  PROCESSING_BATCH_SIZE: whole(
    16,
    1,
    256,
    'Most pictures, or parts of large ones, in one run of the plate model; a processor takes them one by one, which is quicker there',
  ),
  PLATE_COVER: z.string().optional().meta({
    description: 'A picture to lay over plates in place of `public/cover.png`',
    right: 'the path of a PNG, JPEG or WebP file',
  }),
  RECEIPT_KEY: z.string().optional().meta({
    description:
      'Signs the receipts of covered pictures: an Ed25519 private key as PEM, the path of a `.pem` file with one, or else a secret for HMAC-SHA256',
    right: 'a key or a path',
  }),
}

export interface PlateConfig {
  /** Pictures in one run of a model. */
  readonly modelBatch: number
  readonly plateCover: string | undefined
  readonly receiptKey: string | undefined
}

export const plateConfig = (variables: Values<typeof plateVariables>): PlateConfig => ({
  modelBatch: variables.PROCESSING_BATCH_SIZE,
  plateCover: variables.PLATE_COVER,
  receiptKey: variables.RECEIPT_KEY,
})
