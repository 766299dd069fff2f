import type { Preprocess } from '../../models/model'
import type { Tensor } from '../ports'
import type { Raster, Size } from '../raster'
import type { Kernel } from '../wasm'
import { type Exports, kernels } from './kernel'
import { type Placement, placement } from './placement'
import { planResize, prepareRows, resizeRows } from './resize-rows'

/** How to get from a model's input back to the picture. */
export interface Mapping {
  /** A place in the input as a place in the picture; both in pixels with the corner of the first one at (0, 0). */
  toSource(x: number, y: number): [number, number]
  /** Input pixels for each pixel of the picture, along x; along y it differs where `fit` is `stretch`. */
  readonly scale: number
}

export interface TensorOfPicture extends Mapping {
  /** 32-bit floats, [1, 3, height, width] or [1, height, width, 3] by the model's layout. */
  readonly tensor: Tensor
}

export interface TensorOfPictures {
  /** The first axis counts the pictures. */
  readonly tensor: Tensor
  readonly mappings: readonly Mapping[]
}

/**
 * A picture as a model wants it: resized (by area when shrinking, else bilinear), placed, normalised, laid out. Alpha is
 * left out and does not count. Device and server compute the same bits.
 *
 * @param target instead of the model's own size, where its axes are free; see `placement` for `dynamic`
 */
export async function toTensor(raster: Raster, preprocess: Preprocess, target?: Size): Promise<TensorOfPicture> {
  const { tensor, mappings } = await toBatch([raster], preprocess, target)
  return { tensor, ...mappings[0] }
}

/**
 * Several pictures as one batch.
 *
 * @throws RangeError when there is none, or when `dynamic` makes inputs of different sizes of them
 */
export async function toBatch(
  rasters: readonly Raster[],
  preprocess: Preprocess,
  target?: Size,
): Promise<TensorOfPictures> {
  const placements = rasters.map((raster) => placement(raster, preprocess, target))
  const input = commonInput(placements)
  const values = CHANNELS * input.width * input.height
  const data = new Float32Array(rasters.length * values)
  for (const [index, raster] of rasters.entries()) {
    await write(raster, placements[index], preprocess, data.subarray(index * values, (index + 1) * values))
  }
  const { width, height } = input
  const dims = preprocess.layout === 'nchw' ? [CHANNELS, height, width] : [height, width, CHANNELS]
  return {
    tensor: { dims: [rasters.length, ...dims], data },
    mappings: placements.map((place, index) => mapping(rasters[index], place)),
  }
}

const CHANNELS = 3

function commonInput(placements: readonly Placement[]): Size {
  if (placements.length === 0) throw new RangeError('A batch needs at least one picture')
  const { input } = placements[0]
  const isSame = placements.every((other) => other.input.width === input.width && other.input.height === input.height)
  if (!isSame) throw new RangeError('The pictures of a batch must make inputs of one size')
  return input
}

function mapping(source: Size, { picture, left, top }: Placement): Mapping {
  const scaleX = picture.width / source.width
  const scaleY = picture.height / source.height
  return { scale: scaleX, toSource: (x, y) => [(x - left) / scaleX, (y - top) / scaleY] }
}

function write(raster: Raster, place: Placement, preprocess: Preprocess, out: Float32Array): Promise<void> {
  const plan = planResize(raster, place.picture)
  const isBgr = preprocess.order === 'bgr'
  const inOrder = (three: readonly number[]) => (isBgr ? three.toReversed() : three)
  const scale = inOrder(preprocess.std).map((std) => 1 / std)
  const shift = inOrder(preprocess.mean).map((mean, channel) => -mean * scale[channel])
  fillMargin(out, place, preprocess)
  return kernels.use(plan.bytes, async (kernel) => {
    prepareRows(kernel, plan, { isBgr, scale, shift })
    const putRow = preprocess.layout === 'nchw' ? putPlanes : putInterleaved
    resizeRows(kernel, plan, raster, kernel.exports.addRow, (y) => putRow(kernel, plan, place, y, out))
  })
}

type Plan = ReturnType<typeof planResize>

function putPlanes({ exports, memory }: Kernel<Exports>, plan: Plan, place: Placement, y: number, out: Float32Array) {
  const { input, picture, left, top } = place
  exports.planesRow(plan.at.row, plan.at.out, plan.planeBytes)
  for (let channel = 0; channel < CHANNELS; channel++) {
    const made = new Float32Array(memory.buffer, plan.at.out + channel * plan.planeBytes, picture.width)
    out.set(made, (channel * input.height + top + y) * input.width + left)
  }
}

function putInterleaved(
  { exports, memory }: Kernel<Exports>,
  plan: Plan,
  place: Placement,
  y: number,
  out: Float32Array,
) {
  const { input, picture, left, top } = place
  exports.interleavedRow(plan.at.row, plan.at.out)
  const made = new Float32Array(memory.buffer, plan.at.out, CHANNELS * picture.width)
  out.set(made, CHANNELS * ((top + y) * input.width + left))
}

/** What the picture does not cover gets `pad`, normalised. */
function fillMargin(
  out: Float32Array,
  { input, picture }: Placement,
  { pad = 0, mean, std, layout }: Preprocess,
): void {
  if (input.width === picture.width && input.height === picture.height) return
  const values = mean.map((value, channel) => (pad - value) / std[channel])
  if (layout === 'nchw') {
    const plane = input.width * input.height
    for (const [channel, value] of values.entries()) out.fill(value, channel * plane, (channel + 1) * plane)
    return
  }
  for (let at = 0; at < out.length; at++) out[at] = values[at % CHANNELS]
}
