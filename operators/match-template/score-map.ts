import type { Checkpoint } from '../../core/progress'
import type { Planes } from './planes'
import { referenceValue } from './reference'
import { range, toScores } from './scores'
import type { Method } from './spec'

/**
 * How alike the template and each window of the image are: 1 is the best, higher is more alike.
 *
 * A map of one value has no best and no worst to stretch to 0..1, so there the normalised form of the method decides.
 *
 * @returns (image.height - template.height + 1) × (image.width - template.width + 1), row-major
 */
export async function scoreMap(
  image: Planes,
  template: Planes,
  method: Method,
  checkpoint: Checkpoint,
): Promise<Float32Array<ArrayBuffer>> {
  const map = await matchMap(image, template, method, checkpoint)
  const [low, high] = range(map)
  if (method.endsWith('_NORMED') || high - low > SPREAD * Math.max(Math.abs(low), Math.abs(high))) {
    toScores(map, method)
    return map
  }
  return scoreMap(image, template, `${method}_NORMED` as Method, checkpoint)
}

const SPREAD = 1e-6 // values this close, relative to the largest, differ by rounding only

async function matchMap(image: Planes, template: Planes, method: Method, checkpoint: Checkpoint) {
  const width = image.width - template.width + 1
  const height = image.height - template.height + 1
  const map = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    await checkpoint(y, height)
    for (let x = 0; x < width; x++) map[y * width + x] = referenceValue(image, template, method, x, y)
  }
  return map
}
