import { type Box, crop } from '../../core/crop'
import { ToolError } from '../../core/errors'
import type { RunContext } from '../../core/operator'
import type { Tensor } from '../../core/ports'
import { type Mapping, toBatch } from '../../core/preprocess/to-tensor'
import type { Checkpoint } from '../../core/progress'
import type { Raster, Size } from '../../core/raster'
import type { Preprocess } from '../../models/model'
import type { Detection } from './nms'
import { bounds, type Quad, sides } from './quad'
import { SIDE, STRIDE, showsWhole, type View } from './views'

/** A detector of oriented plates as `sightsOf` runs it. */
export interface Detector {
  /** Of the manifest. */
  readonly model: string
  readonly preprocess: Preprocess
  /** Everything at or above `lowest`, in pixels of the model's input, for each picture of the batch. */
  decode(outputs: Readonly<Record<string, Tensor>>, lowest: number): Detection[][]
  /** Name of the input. */
  readonly input: string
  /** The model that looks closely at what this one finds; none where its answers are final. */
  readonly corners?: string
}

/** Input `images`, RGB as 0..1 from the top left; output `quads`: a score and four corners for each place. */
export const darkroomPlates: Detector = {
  model: 'darkroom-plates',
  input: 'images',
  corners: 'darkroom-plate-corners',
  preprocess: {
    ...{ width: SIDE, height: SIDE, fit: 'letterbox', stride: STRIDE, anchor: 'top-left', pad: 114 },
    ...{ order: 'rgb', layout: 'nchw', mean: [0, 0, 0], std: [255, 255, 255] },
  },
  decode: ({ quads }, lowest) => decodeQuads(quads, lowest),
}

const FIELDS = 9
const MOST_PER_VIEW = 300

/** @param tensor [pictures, places, 9]: score 0..1, then x1 y1 … x4 y4 in input pixels */
function decodeQuads(tensor: Tensor | undefined, lowest: number): Detection[][] {
  if (!(tensor?.data instanceof Float32Array) || tensor.dims.length !== 3 || tensor.dims[2] !== FIELDS) {
    throw new ToolError('internal', `The plate model answered with another shape than [pictures, places, ${FIELDS}]`)
  }
  const { data, dims } = tensor
  const [pictures, places] = dims
  return Array.from({ length: pictures }, (_, picture) => {
    const found: Detection[] = []
    for (let place = 0; place < places; place++) {
      const at = (picture * places + place) * FIELDS
      if (data[at] >= lowest) found.push({ score: data[at], quad: [...data.subarray(at + 1, at + FIELDS)] })
    }
    return found.sort((a, b) => b.score - a.score).slice(0, MOST_PER_VIEW)
  })
}

export interface Options {
  readonly views: readonly View[]
  /** Lowest score. */
  readonly lowest: number
  readonly checkpoint: Checkpoint
}

/** What the model sees in one view. */
export interface Sight {
  readonly view: View
  /** In picture pixels. */
  readonly detections: readonly Detection[]
}

/** Looks at every view, in their order. What a view cuts off, or is not there for, is left out: another one shows it. */
export async function sightsOf(
  picture: Raster,
  detector: Detector,
  { views, lowest, checkpoint }: Options,
  { models, modelBatch = 1 }: Pick<RunContext, 'models' | 'modelBatch'>,
): Promise<Sight[]> {
  const sights: Sight[] = []
  for (const batch of batchesOf(views, modelBatch)) {
    await checkpoint(sights.length, views.length)
    const parts = batch.map(({ part }) => crop(picture, part))
    const { tensor, mappings } = await toBatch(parts, detector.preprocess, batch[0].input)
    const outputs = await models.run(detector.model, { [detector.input]: tensor })
    const decoded = detector.decode(outputs, lowest)
    for (const [n, view] of batch.entries()) {
      const all = decoded[n].map(({ score, quad }) => ({ score, quad: moved(toPart(quad, mappings[n]), view.part) }))
      const isWhole = ({ quad }: Detection) =>
        sides(quad).width <= view.longest && showsWhole(view, bounds(quad), picture)
      sights.push({ view, detections: all.filter(isWhole) })
    }
  }
  return sights
}

/** Neighbours with inputs of one size. */
function batchesOf(views: readonly View[], most: number): View[][] {
  const batches: View[][] = []
  for (const view of views) {
    const last = batches.at(-1)
    if (last && last.length < most && isSameSize(last[0].input, view.input)) last.push(view)
    else batches.push([view])
  }
  return batches
}

const isSameSize = (a: Size, b: Size) => a.width === b.width && a.height === b.height

const toPart = (quad: Quad, { toSource }: Mapping): Quad => [0, 2, 4, 6].flatMap((i) => toSource(quad[i], quad[i + 1]))

const moved = (quad: Quad, { x, y }: Box): Quad => quad.map((value, i) => value + (i % 2 === 0 ? x : y))
