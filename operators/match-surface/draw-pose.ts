import type { OrientedPoints } from '../../core/cloud'
import { type CloudLayer, drawCloud, THREE_QUARTERS } from '../../core/draw-cloud'
import type { Raster } from '../../core/raster'
import type { Camera } from './camera'
import type { Rigid } from './rigid'

const SIZE = { width: 960, height: 720 }
const SCENE = [150, 160, 176] as const
const MODEL = [255, 142, 60] as const
const LIFT = 0.004 // of the diameter: the model wins where both surfaces coincide

/** The scene from where it was taken, with the model in orange at each pose. */
export function drawPoses(
  scene: OrientedPoints,
  model: OrientedPoints,
  poses: readonly Rigid[],
  camera: Camera | null,
  diameter: number,
): Raster {
  const view = camera ? { towards: camera.towards, up: camera.up } : THREE_QUARTERS
  const models = poses.map((pose): CloudLayer => {
    const placed = moved(model, pose)
    for (let i = 0; i < placed.positions.length; i++) {
      placed.positions[i] += view.towards[i % 3] * LIFT * diameter
    }
    return { ...placed, color: MODEL }
  })
  return drawCloud([{ ...scene, color: SCENE }, ...models], SIZE, view)
}

function moved({ count, positions, normals }: OrientedPoints, m: Rigid): OrientedPoints {
  const out = { count, positions: new Float32Array(count * 3), normals: new Float32Array(count * 3) }
  for (let i = 0; i < count * 3; i += 3) {
    for (let row = 0; row < 3; row++) {
      const [a, b, c, t] = [m[row * 4], m[row * 4 + 1], m[row * 4 + 2], m[row * 4 + 3]]
      out.positions[i + row] = a * positions[i] + b * positions[i + 1] + c * positions[i + 2] + t
      out.normals[i + row] = a * normals[i] + b * normals[i + 1] + c * normals[i + 2]
    }
  }
  return out
}
