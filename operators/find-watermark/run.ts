import { type Inputs, itemName, type Run, type RunContext } from '../../core/operator'
import type { Raster } from '../../core/raster'
import { TEXT_MODEL } from './detect-text'
import { type FoundWatermark, findWatermark as find } from './find'
import { LEAST_PICTURES } from './kinds'
import { estimateMark, type SharedMark } from './shared-mark'
import { type findWatermark, NOTES } from './spec'
import { sharedBox, sharedMask, unblend } from './unblend'

type Tool = typeof findWatermark
type Params = Parameters<Run<Tool>>[1]

/** Finds what was laid over a picture; from three with the same mark also its opacity, by which it is taken out. */
export const run: Run<Tool> = async (inputs, params, ctx) => {
  const pictures = picturesOf(inputs)
  const mark = pictures.length >= LEAST_PICTURES ? await estimateMark(pictures) : undefined
  const found = mark ? foundBy(mark, inputs.image, params) : await findAlone(inputs.image, params, ctx)
  return {
    data: {
      watermarks_found: found.boxes.length,
      covered: found.mask.reduce((sum, value) => sum + value, 0) / 255 / found.mask.length,
      boxes: found.boxes.map((box) => ({ ...box, score: thousandths(box.score) })),
      shared: mark ? { pictures: pictures.length, opacity: thousandths(Math.max(...mark.alpha)) } : null,
      notes: await notesOf(found, pictures.length, mark, params, ctx),
    },
    artefacts: {
      mask: maskPicture(inputs.image, found.mask),
      highlight: highlight(inputs.image, found.mask),
      ...(mark && { mark: markPicture(mark) }),
      ...(mark && params.search === 'each' && unblendedFiles(pictures, mark)),
    },
    backend: ctx.models.backend(TEXT_MODEL)?.name ?? 'JavaScript',
  }
}

export const check = () => {}

const picturesOf = ({ image, image_2, image_3, image_4, image_5 }: Inputs<Tool>): Raster[] =>
  [image, image_2, image_3, image_4, image_5].filter((picture) => picture !== undefined)

const thousandths = (value: number): number => Math.round(value * 1000) / 1000

const findAlone = async (image: Raster, params: Params, ctx: RunContext): Promise<FoundWatermark> =>
  params.search === 'each'
    ? find(image, ctx, params)
    : { mask: new Uint8Array(image.width * image.height), boxes: [], found: false }

const foundBy = (mark: SharedMark, image: Raster, { grow }: Params): FoundWatermark => ({
  mask: sharedMask(image, mark, grow),
  boxes: [sharedBox(image, mark)],
  found: true,
})

async function notesOf(
  { found }: FoundWatermark,
  pictures: number,
  mark: SharedMark | undefined,
  { search }: Params,
  { models }: RunContext,
): Promise<string[]> {
  return [
    ...(found || search === 'shared' ? [] : [NOTES.nothing]),
    ...(pictures > 1 && pictures < LEAST_PICTURES ? [NOTES.fewPictures] : []),
    ...(pictures >= LEAST_PICTURES && !mark ? [search === 'each' ? NOTES.notShared : NOTES.noneShared] : []),
    ...(mark || search === 'shared' || (await models.has(TEXT_MODEL)) ? [] : [NOTES.noText]),
  ]
}

function unblendedFiles(pictures: readonly Raster[], mark: SharedMark) {
  const files: Record<`unblended-${number}` | `rest-${number}`, Raster> = {}
  for (const [i, image] of pictures.entries()) {
    const { picture, rest } = unblend(image, mark)
    files[itemName('unblended', i + 1)] = picture
    files[itemName('rest', i + 1)] = maskPicture(image, rest)
  }
  return files
}

/** The mark as a picture, where it lies in what all pictures have in common: its colours, its opacity as alpha. */
function markPicture({ size: { width, height }, box, alpha, color }: SharedMark): Raster {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < alpha.length; i++) {
    const at = (box.y + Math.floor(i / box.width)) * width + box.x + (i % box.width)
    data.set([color[0][i], color[1][i], color[2][i], alpha[i] * 255], at * 4)
  }
  return { width, height, data }
}

/** White where the mark is, as the files that inpainting takes. */
function maskPicture({ width, height }: Raster, mask: Uint8Array): Raster {
  const data = new Uint8ClampedArray(mask.length * 4)
  for (let i = 0; i < mask.length; i++) data.fill(mask[i], i * 4, i * 4 + 3).fill(255, i * 4 + 3, i * 4 + 4)
  return { width, height, data }
}

const HIGHLIGHT = [255, 0, 144, 255] // stands out from nearly every scene

function highlight({ width, height }: Raster, mask: Uint8Array): Raster {
  const data = new Uint8ClampedArray(mask.length * 4)
  for (let i = 0; i < mask.length; i++) if (mask[i]) data.set(HIGHLIGHT, i * 4)
  return { width, height, data }
}
