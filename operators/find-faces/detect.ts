import { ToolError } from '../../core/errors'
import type { ModelRunner, Tensor } from '../../core/ports'
import { toTensor } from '../../core/preprocess/to-tensor'
import type { Raster } from '../../core/raster'
import { findModel } from '../../models/manifest'
import type { Model, Preprocess } from '../../models/model'
import { containment, overlap, type Region, view } from './region'

/** A face as the finder frames it: brow to chin, ear to ear. */
export interface FoundBox extends Region {
  /** 0..1, how sure the finder is. */
  readonly score: number
}

/** The finder this decodes. */
export const FINDER = 'ultraface-320'

const MOST_OVERLAP = 0.3 // boxes that share more show one face
const MOST_CONTAINED = 0.6 // a box that lies so far within a better one shows a part of the same face
const EDGE = 0.01 // of a tile: a box this close to its edge is cut off by it

/**
 * Looks for faces in each of the regions.
 *
 * @param step is called before each region
 * @returns the surest first, no two of one face
 */
export async function detectFaces(
  raster: Raster,
  regions: readonly Region[],
  threshold: number,
  models: ModelRunner,
  step: (done: number) => Promise<void> = async () => {},
): Promise<FoundBox[]> {
  const found: FoundBox[] = []
  for (const [i, region] of regions.entries()) {
    await step(i)
    const boxes = await detectIn(raster, region, threshold, models)
    found.push(...boxes.filter((box) => !isCutOff(box, region, raster)))
  }
  return withoutRepeats(found)
}

async function detectIn(raster: Raster, region: Region, threshold: number, models: ModelRunner): Promise<FoundBox[]> {
  const model = finder()
  const { tensor } = await toTensor(await view(raster, region, model.preprocess), model.preprocess)
  const { scores, boxes } = await models.run(model.id, { [model.inputs[0].name]: tensor })
  return decode(scores, boxes, threshold).map((box) => ({
    score: box.score,
    x: region.x + box.x * region.w,
    y: region.y + box.y * region.h,
    w: box.w * region.w,
    h: box.h * region.h,
  }))
}

function finder(): Model & { readonly preprocess: Preprocess } {
  const model = findModel(FINDER)
  if (!model?.preprocess) throw new ToolError('model-unavailable', `There is no model "${FINDER}" here`)
  return { ...model, preprocess: model.preprocess }
}

/**
 * @param scores [1, n, 2]: how much each place looks like background, and like a face
 * @param boxes [1, n, 4]: left, top, right and bottom as shares of the picture
 */
function decode(scores: Tensor, boxes: Tensor, threshold: number): FoundBox[] {
  const found: FoundBox[] = []
  for (let i = 0; i < scores.dims[1]; i++) {
    const score = Number(scores.data[2 * i + 1])
    if (!(score >= threshold)) continue
    const [left, top, right, bottom] = Array.from(boxes.data.subarray(4 * i, 4 * i + 4), Number)
    if (right > left && bottom > top) found.push({ score, x: left, y: top, w: right - left, h: bottom - top })
  }
  return found
}

/** Whether the edge of a tile goes through the face: another tile, or a coarser one, has it whole. */
function isCutOff(box: FoundBox, { x, y, w, h }: Region, { width, height }: Raster): boolean {
  const [dx, dy] = [w * EDGE, h * EDGE]
  return (
    (x > 0 && box.x < x + dx) ||
    (y > 0 && box.y < y + dy) ||
    (x + w < width && box.x + box.w > x + w - dx) ||
    (y + h < height && box.y + box.h > y + h - dy)
  )
}

function withoutRepeats(found: readonly FoundBox[]): FoundBox[] {
  const kept: FoundBox[] = []
  for (const box of found.toSorted((a, b) => b.score - a.score)) {
    if (!kept.some((better) => overlap(better, box) > MOST_OVERLAP || containment(better, box) > MOST_CONTAINED)) {
      kept.push(box)
    }
  }
  return kept
}
