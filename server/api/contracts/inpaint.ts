import * as z from 'zod'
import { inpaint } from '../../../operators/inpaint/spec'
import type { Totals } from '../access/accounts'

const { margin, feather } = inpaint.params.shape

/** Beyond the contract, for those who want to choose; a tool's own defaults where left out. */
export const InpaintQuery = z.object({ engine: inpaint.params.shape.engine, margin, feather })

export const InpaintHealth = z
  .object({
    status: z.literal('healthy'),
    model: z.string().meta({ description: 'What fills by default: `lama`, `migan`, `net` or `classic`' }),
    device: z.enum(['cuda', 'cpu']),
    gpu_available: z.boolean(),
  })
  .meta({ title: 'Health of inpainting' })

export const InpaintStats = z
  .object({
    total: z.int().min(0).meta({ description: 'Requests of this key that were processed or failed' }),
    success: z.int().min(0),
    failed: z.int().min(0),
    total_processing_time: z.number().min(0).meta({ description: 'Seconds, of the successes' }),
    avg_processing_time: z.number().min(0).meta({ description: 'Seconds; 0 while there are no successes' }),
  })
  .meta({ title: 'Statistics of a key' })

/** Body of every refusal of this family. */
export const InpaintRefusal = z
  .object({
    error: z.string().meta({ description: 'The reason phrase of the status' }),
    detail: z.string().meta({ description: 'A sentence: what was wrong and what would be right' }),
    status_code: z.int(),
  })
  .meta({
    title: 'Refusal of inpainting',
    examples: [{ error: 'Unauthorized', detail: 'Invalid API Key', status_code: 401 }],
  })

const MEBIBYTE = 1_048_576

/** Of one file. Services in Python, which the contract was written for, count megabytes so. */
export const MOST_FILE_BYTES = 10 * MEBIBYTE

/** Of a whole body. */
export const MOST_BODY_BYTES = 20 * MEBIBYTE

export const TOO_LARGE_BODY = 'The request is too large. Max size: 20MB'
export const TOO_MANY_BYTES = 'Image too large. Max size: 10MB'
export const tooManyPixels = (side: number) => `Image too large. Max dimension: ${side}px`

/** What is taken, by its first bytes. */
export const FORMATS = ['jpeg', 'png', 'webp'] as const

export function toStats({ success, failed, processingMs }: Totals): z.infer<typeof InpaintStats> {
  const seconds = processingMs / 1000
  return {
    total: success + failed,
    success,
    failed,
    total_processing_time: rounded(seconds),
    avg_processing_time: success === 0 ? 0 : rounded(seconds / success),
  }
}

const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000
