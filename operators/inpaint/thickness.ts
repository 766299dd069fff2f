import type { Mask } from './mask'

/**
 * The side of the largest square that lies wholly in the hole, in pixels: how far an engine has to reach over what it does
 * not know. What lies outside the mask is not known either.
 *
 * @see Rosenfeld & Pfaltz, "Distance functions on digital pictures", 1968: the chessboard distance in two passes
 */
export function thickness({ width, height, data }: Mask): number {
  const far = width + height
  const distance = new Int32Array(data.length)
  const at = (x: number, y: number) => (x < 0 || y < 0 || x >= width || y >= height ? far : distance[y * width + x])
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const near = Math.min(at(x - 1, y), at(x - 1, y - 1), at(x, y - 1), at(x + 1, y - 1))
      distance[y * width + x] = data[y * width + x] === 0 ? 0 : Math.min(near + 1, far)
    }
  }
  let largest = 0
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const near = Math.min(at(x + 1, y), at(x + 1, y + 1), at(x, y + 1), at(x - 1, y + 1))
      const here = Math.min(distance[y * width + x], near + 1)
      distance[y * width + x] = here
      if (here > largest) largest = here
    }
  }
  return Math.max(0, 2 * largest - 1)
}
