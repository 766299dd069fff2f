import * as z from 'zod'
import { findWatermark } from '../../../operators/find-watermark/spec'

const { include, threshold, grow } = findWatermark.params.shape

export const DetectQuery = z.object({ include, threshold, grow })

const { boxes, covered, notes } = findWatermark.result.shape

export const Detection = z
  .object({
    found: z.boolean().meta({ description: 'Whether there is a watermark' }),
    width: z.int().meta({ description: 'Of the picture and the mask, pixels' }),
    height: z.int(),
    boxes,
    covered,
    mask: z.base64().nullable().meta({
      description: 'A PNG as large as the picture: white is watermark, black is none; null where nothing was found',
    }),
    notes,
  })
  .meta({ title: 'Detected watermark' })
