import type { Raster, Size } from '../../../core/raster'

/** A picture of seeded noise. @param alpha of all pixels, or drawn too */
export function noise(width: number, height: number, random: () => number, alpha?: number): Raster {
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 && alpha !== undefined ? alpha : random() * 256,
  )
  return { width, height, data }
}

/** The resize as the textbook says it, pixel by pixel, in doubles: [y][x] of red, green and blue. */
export function resized({ width, height, data }: Raster, target: Size): number[][][] {
  const at = (x: number, y: number, c: number) => data[(y * width + x) * 4 + c]
  const columns = Array.from({ length: target.width }, (_, x) => weights(x, width, target.width))
  const rows = Array.from({ length: target.height }, (_, y) => weights(y, height, target.height))
  return rows.map((row) =>
    columns.map((column) =>
      [0, 1, 2].map((c) => {
        let sum = 0
        for (const [y, wy] of row) for (const [x, wx] of column) sum += wy * wx * at(x, y, c)
        return sum
      }),
    ),
  )
}

function weights(index: number, source: number, target: number): [number, number][] {
  if (target < source) {
    const [from, to] = [(index * source) / target, ((index + 1) * source) / target]
    return Array.from({ length: source }, (_, at): [number, number] => [
      at,
      (Math.max(0, Math.min(at + 1, to) - Math.max(at, from)) * target) / source,
    ])
  }
  const center = Math.min(Math.max(((index + 0.5) * source) / target - 0.5, 0), source - 1)
  const first = Math.floor(center)
  return [
    [first, 1 - (center - first)],
    [Math.min(first + 1, source - 1), center - first],
  ]
}

/** One channel sampled between pixel centres at whole numbers; outside there is nothing. */
export function sampled({ width, height, data }: Raster, x: number, y: number): number[] {
  const sums = [0, 0, 0, 0]
  for (const [dx, dy] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ]) {
    const [column, line] = [Math.floor(x) + dx, Math.floor(y) + dy]
    if (column < 0 || line < 0 || column >= width || line >= height) continue
    const weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - line))
    const at = (line * width + column) * 4
    for (let c = 0; c < 3; c++) sums[c] += weight * data[at + c] * data[at + 3]
    sums[3] += weight * data[at + 3]
  }
  const [, , , alpha] = sums
  return alpha < 0.5 ? [0, 0, 0, 0] : [...sums.slice(0, 3).map((sum) => sum / alpha), alpha]
}
