import type { Run } from '../../core/operator'
import type { Raster } from '../../core/raster'
import { TEXT_MODEL } from './detect-text'
import { type FoundWatermark, findWatermark as find } from './find'
import { type findWatermark, NOTES } from './spec'

/** Finds what was laid over a picture. */
export const run: Run<typeof findWatermark> = async ({ image }, params, ctx) => {
  const found = await find(image, ctx, params)
  return {
    data: {
      watermarks_found: found.boxes.length,
      covered: found.mask.reduce((sum, value) => sum + value, 0) / 255 / found.mask.length,
      boxes: found.boxes.map((box) => ({ ...box, score: Math.round(box.score * 1000) / 1000 })),
      notes: await notesOf(found, ctx),
    },
    artefacts: { mask: maskPicture(image, found.mask), highlight: highlight(image, found.mask) },
    backend: ctx.models.backend(TEXT_MODEL)?.name ?? 'JavaScript',
  }
}

export const check = () => {}

async function notesOf({ found }: FoundWatermark, { models }: Parameters<Run<typeof findWatermark>>[2]) {
  return [...(found ? [] : [NOTES.nothing]), ...((await models.has(TEXT_MODEL)) ? [] : [NOTES.noText])]
}

/** White where the mark is, as `mask` files are. */
function maskPicture({ width, height }: Raster, mask: Uint8Array): Raster {
  const data = new Uint8ClampedArray(mask.length * 4)
  for (let i = 0; i < mask.length; i++) data.fill(mask[i], i * 4, i * 4 + 3).fill(255, i * 4 + 3, i * 4 + 4)
  return { width, height, data }
}

const HIGHLIGHT = [255, 0, 144] // stands out from nearly every scene

function highlight({ width, height }: Raster, mask: Uint8Array): Raster {
  const data = new Uint8ClampedArray(mask.length * 4)
  for (let i = 0; i < mask.length; i++) if (mask[i]) data.set([...HIGHLIGHT, 255], i * 4)
  return { width, height, data }
}
