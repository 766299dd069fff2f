import type { Mask } from './mask'

/**
 * The side of the largest square that lies wholly in the hole, in pixels: how far an engine has to reach over what it does
 * not know. What lies outside the mask is not known either.
 *
 * @see Rosenfeld & Pfaltz, "Distance functions on digital pictures", 1968: the chessboard distance in two passes
 */
export function thickness({ width, height, data }: Mask): number {
  const far = width + height
  const stride = width + 2 // a pixel more on each side: what lies outside
  const distance = new Int32Array(stride * (height + 2)).fill(far)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y + 1) * stride + x + 1
      const above = at - stride
      const near = Math.min(distance[at - 1], distance[above - 1], distance[above], distance[above + 1])
      distance[at] = data[y * width + x] === 0 ? 0 : Math.min(near + 1, far)
    }
  }
  let largest = 0
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const at = (y + 1) * stride + x + 1
      const below = at + stride
      const near = Math.min(distance[at + 1], distance[below - 1], distance[below], distance[below + 1])
      distance[at] = Math.min(distance[at], near + 1)
      largest = Math.max(largest, distance[at])
    }
  }
  return Math.max(0, 2 * largest - 1)
}
