import { BORDER, CONTRAST, type Extremum, GRAY_LEVEL } from './extremum'
import { LEVELS, type Octave } from './scale-space'

const MOST_STEPS = 5
const EDGE_RATIO = 10 // of the two principal curvatures (Lowe 2004, section 4.1)

/**
 * Fits a quadratic to the differences around an extremum and moves to its peak (Brown & Lowe, "Invariant features from
 * interest point groups", BMVC 2002).
 *
 * @param planes all of the kernel's memory
 * @returns nothing when it is weak, on an edge, or runs away
 */
export function refineExtremum(
  planes: Int16Array,
  { address, planeBytes, width, height, stride }: Octave,
  octave: number,
  column: number,
  row: number,
  difference: number,
): Extremum | undefined {
  const plane = planeBytes / 2
  let [x, y, level] = [column, row, difference]
  for (let step = 0; step < MOST_STEPS; step++) {
    const here = address / 2 + level * plane + y * stride + x
    const at = (offset: number) => planes[here + offset + plane] - planes[here + offset]
    const value = at(0)
    const [left, right, up, down, finer, coarser] = [at(-1), at(1), at(-stride), at(stride), at(-plane), at(plane)]
    const gx = (right - left) / 2
    const gy = (down - up) / 2
    const gs = (coarser - finer) / 2
    const xx = right + left - 2 * value
    const yy = down + up - 2 * value
    const ss = coarser + finer - 2 * value
    const xy = (at(stride + 1) - at(stride - 1) - at(1 - stride) + at(-stride - 1)) / 4
    const xs = (at(plane + 1) - at(plane - 1) - at(1 - plane) + at(-plane - 1)) / 4
    const ys = (at(plane + stride) - at(plane - stride) - at(stride - plane) + at(-plane - stride)) / 4

    const [minorX, minorY, minorS] = [yy * ss - ys * ys, xs * ys - xy * ss, xy * ys - xs * yy]
    const determinant = xx * minorX + xy * minorY + xs * minorS
    if (determinant === 0) return undefined
    const [mixed, square, tail] = [xx * ss - xs * xs, xy * xs - xx * ys, xx * yy - xy * xy]
    const dx = -(minorX * gx + minorY * gy + minorS * gs) / determinant
    const dy = -(minorY * gx + mixed * gy + square * gs) / determinant
    const ds = -(minorS * gx + square * gy + tail * gs) / determinant

    if (Math.abs(dx) < 0.5 && Math.abs(dy) < 0.5 && Math.abs(ds) < 0.5) {
      const response = Math.abs(value + (gx * dx + gy * dy + gs * ds) / 2) / (255 * GRAY_LEVEL)
      const trace = xx + yy
      const isEdge = trace * trace * EDGE_RATIO >= (EDGE_RATIO + 1) ** 2 * tail
      if (response < CONTRAST || isEdge) return undefined
      const place = (level * height + y) * width + x
      return { octave, place, level, x: x + dx, y: y + dy, scale: level + ds, response }
    }
    x += Math.round(dx)
    y += Math.round(dy)
    level += Math.round(ds)
    const inside = x >= BORDER && x < width - BORDER && y >= BORDER && y < height - BORDER
    if (!inside || level < 1 || level > LEVELS) return undefined
  }
  return undefined
}
