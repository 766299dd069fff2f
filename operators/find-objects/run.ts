import { opaque } from '../../core/opaque'
import type { Check, Run } from '../../core/operator'
import { toTensor } from '../../core/preprocess/to-tensor'
import type { Size } from '../../core/raster'
import { cocoSsd } from '../../models/entries/objects'
import { overlap } from '../find-faces/region'
import { COCO_CLASSES } from './classes'
import type { FoundObject, findObjects } from './spec'

const SAME = 0.5 // intersection over union from which two boxes of one kind are of one thing

/** Any picture may show something. */
export const check: Check<typeof findObjects> = () => {}

/** SSD (Liu et al., arXiv 1512.02325): the model decodes its anchors itself; what is left is to suppress doubles. */
export const run: Run<typeof findObjects> = async ({ image }, { threshold, max_objects }, ctx) => {
  const { id, preprocess, inputs } = cocoSsd
  if (!preprocess) throw new Error('the manifest says how pictures become its input')
  const { tensor } = await toTensor(opaque(image), preprocess)
  const { scores, boxes } = await ctx.models.run(id, { [inputs[0].name]: tensor })
  await ctx.checkpoint(1, 1)
  const likely = candidates(scores.data as Float32Array, boxes.data as Float32Array, image, threshold)
  const objects = suppress(likely).slice(0, max_objects).map(rounded)
  const people = objects.filter(({ name }) => name === 'person').length
  return {
    data: { objects_found: objects.length, people, model: id, objects },
    artefacts: {},
    backend: ctx.models.backend(id)?.name ?? '',
  }
}

/** @param boxes top, left, bottom, right of each anchor as shares of the picture; the surest first */
function candidates(scores: Float32Array, boxes: Float32Array, { width, height }: Size, threshold: number) {
  const found: FoundObject[] = []
  const kinds = COCO_CLASSES.length
  for (let i = 0; i < scores.length; i++) {
    const name = COCO_CLASSES[i % kinds]
    if (!(scores[i] >= threshold) || !name) continue
    const anchor = Math.floor(i / kinds)
    const [top, left, bottom, right] = boxes.subarray(4 * anchor, 4 * anchor + 4).map(clamp)
    const [x, y] = [left * width, top * height]
    found.push({ name, x, y, w: right * width - x, h: bottom * height - y, score: scores[i] })
  }
  return found.filter(({ w, h }) => w > 0 && h > 0).sort((a, b) => b.score - a.score)
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share))

function suppress(sorted: readonly FoundObject[]): FoundObject[] {
  const kept: FoundObject[] = []
  for (const one of sorted) {
    if (!kept.some((other) => other.name === one.name && overlap(other, one) > SAME)) kept.push(one)
  }
  return kept
}

/** More digits than that would pretend. */
function rounded({ name, x, y, w, h, score }: FoundObject): FoundObject {
  const tenths = (pixels: number) => Math.round(pixels * 10) / 10
  return { name, x: tenths(x), y: tenths(y), w: tenths(w), h: tenths(h), score: Math.round(score * 1e4) / 1e4 }
}
