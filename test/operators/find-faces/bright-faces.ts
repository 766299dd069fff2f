import type { ModelRunner, Tensor } from '../../../core/ports'
import type { Raster } from '../../../core/raster'
import { shapedModels } from '../../shaped-models'

/** A photo in the dark whose faces are white rectangles. */
export function photo(
  width: number,
  height: number,
  faces: readonly (readonly [number, number, number, number])[],
): Raster {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 3; i < data.length; i += 4) data[i] = 255
  for (const [x, y, w, h] of faces) {
    for (let row = y; row < y + h; row++) data.fill(255, (row * width + x) * 4, (row * width + x + w) * 4)
  }
  return { width, height, data }
}

/** The five points of each face, as shares of its box; the 68 of the model that they are taken from. */
export const FIVE = [
  [0.3, 0.4],
  [0.7, 0.4],
  [0.5, 0.6],
  [0.35, 0.8],
  [0.65, 0.8],
] as const

/** Models that see white rectangles as faces: each one box, its score by how large it is seen. */
export function brightFaces(): ModelRunner {
  const shaped = shapedModels()
  return {
    ...shaped,
    async run(id, feeds) {
      if (id === 'ultraface-320') return finder(feeds.input)
      if (id === 'faceplugin-fr-landmark') return { output: points() }
      return shaped.run(id, feeds)
    },
  }
}

function points(): Tensor {
  const data = new Float32Array(136)
  const put = (place: readonly [number, number], ...indices: number[]) => {
    for (const i of indices) data.set(place, 2 * i)
  }
  put(FIVE[0], 37, 38, 40, 41)
  put(FIVE[1], 43, 44, 46, 47)
  put(FIVE[2], 30)
  put(FIVE[3], 48, 60)
  put(FIVE[4], 54, 64)
  return { dims: [1, 136], data }
}

const PLACES = 4420

function finder({ dims, data }: Tensor): Record<string, Tensor> {
  const [, , height, width] = dims
  const scores = new Float32Array(PLACES * 2)
  const boxes = new Float32Array(PLACES * 4)
  const isWhite = (at: number) => Number(data[at]) > 0.5
  const seen = new Set<number>()
  let place = 0
  for (let start = 0; start < width * height; start++) {
    if (!isWhite(start) || seen.has(start)) continue
    const [left, top, right, bottom] = outline(start, width, height, isWhite, seen)
    if (right - left < 4) continue // as small as that, a face is not seen
    scores.set([0, 0.95 + (right - left) / 10_000], place * 2)
    boxes.set([left / width, top / height, right / width, bottom / height], place * 4)
    place++
  }
  return { scores: { dims: [1, PLACES, 2], data: scores }, boxes: { dims: [1, PLACES, 4], data: boxes } }
}

/** Of everything white that hangs together with `start`. */
function outline(start: number, width: number, height: number, isWhite: (at: number) => boolean, seen: Set<number>) {
  let [left, top, right, bottom] = [width, height, 0, 0]
  const open = [start]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at) || !isWhite(at)) continue
    seen.add(at)
    const [x, y] = [at % width, Math.floor(at / width)]
    ;[left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)]
    if (x > 0) open.push(at - 1)
    if (x + 1 < width) open.push(at + 1)
    if (y > 0) open.push(at - width)
    if (y + 1 < height) open.push(at + width)
  }
  return [left, top, right, bottom] as const
}
