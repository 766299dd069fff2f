import { ToolError } from '../../core/errors'
import type { ModelRunner, Tensor } from '../../core/ports'
import { toTensor } from '../../core/preprocess/to-tensor'
import type { Raster } from '../../core/raster'
import type { Preprocess } from '../../models/model'
import { type Region, view } from './region'
import type { Point } from './similarity'

/** Left eye, right eye, tip of the nose, left and right corner of the mouth; left and right as the picture shows them. */
export type FacePoints = readonly [Point, Point, Point, Point, Point]

const MODEL = 'faceplugin-fr-landmark'
const SIDE = 64
const PIXELS = SIDE * SIDE

/** The network takes one grey plane, which is made from three here. */
const PLANES: Preprocess = {
  width: SIDE,
  height: SIDE,
  fit: 'stretch',
  order: 'rgb',
  layout: 'nchw',
  mean: [0, 0, 0],
  std: [256, 256, 256],
}

/** The five points of a face by which it is aligned, in pixels of the picture. */
export async function facePoints(raster: Raster, face: Region, models: ModelRunner): Promise<FacePoints> {
  const { tensor } = await toTensor(await view(raster, face, PLANES), PLANES)
  const { output } = await models.run(MODEL, { input: gray(tensor) })
  const all = pointsOf(output)
  if (all.flat().some((share) => !Number.isFinite(share))) {
    throw new ToolError('internal', 'The model that finds the points of a face computed no numbers')
  }
  const inPicture = ([px, py]: Point): Point => [face.x + px * face.w, face.y + py * face.h]
  const [leftEye, rightEye, nose, mouthLeft, mouthRight] = toFive(all)
  return [inPicture(leftEye), inPicture(rightEye), inPicture(nose), inPicture(mouthLeft), inPicture(mouthRight)]
}

/** Brightness by the weights of BT.601, as OpenCV does. */
function gray({ data }: Tensor): Tensor {
  const plane = new Float32Array(PIXELS)
  for (let i = 0; i < PIXELS; i++) {
    plane[i] = 0.299 * Number(data[i]) + 0.587 * Number(data[PIXELS + i]) + 0.114 * Number(data[2 * PIXELS + i])
  }
  return { dims: [1, 1, SIDE, SIDE], data: plane }
}

/** The 68 points of Multi-PIE, as shares of the box. */
const pointsOf = ({ data }: Tensor): Point[] =>
  Array.from({ length: data.length / 2 }, (_, i) => [Number(data[2 * i]), Number(data[2 * i + 1])])

/** Eyes are the middle of their lids; the rest are points of the 68 themselves. */
function toFive(all: readonly Point[]): FacePoints {
  const middle = (...indices: number[]): Point => {
    const sum = indices.reduce<Point>(([x, y], i) => [x + all[i][0], y + all[i][1]], [0, 0])
    return [sum[0] / indices.length, sum[1] / indices.length]
  }
  return [middle(37, 38, 40, 41), middle(43, 44, 46, 47), all[30], middle(48, 60), middle(54, 64)]
}
