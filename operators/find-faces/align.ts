import { warp } from '../../core/preprocess/warp'
import type { Raster } from '../../core/raster'
import type { FacePoints } from './landmarks'
import { type Point, similarity } from './similarity'

/** Side of the square that face networks are trained with, in pixels. */
const FACE_SIDE = 112

/**
 * Where the five points lie in such a square.
 *
 * @see Deng et al., "ArcFace", CVPR 2019; the numbers are those of its published code
 */
const TEMPLATE: readonly Point[] = [
  [38.2946, 51.6963],
  [73.5318, 51.5014],
  [56.0252, 71.7366],
  [41.5493, 92.3655],
  [70.7299, 92.2041],
]

/**
 * The face turned upright and brought to where networks expect its eyes, nose and mouth.
 *
 * @param margin room to leave on each side, as a share of the square's side: 0.5 doubles width and height
 * @returns a square of 112·(1 + 2·margin) pixels; what lies outside the picture is black
 */
export async function alignFace(picture: Raster, points: FacePoints, margin = 0): Promise<Raster> {
  const side = Math.round(FACE_SIDE * (1 + 2 * margin))
  const targets = TEMPLATE.map(([x, y]): Point => [x + FACE_SIDE * margin, y + FACE_SIDE * margin])
  const aligned = await warp(picture, similarity(points, targets), { width: side, height: side })
  for (let alpha = 3; alpha < aligned.data.length; alpha += 4) aligned.data[alpha] = 255
  return aligned
}
