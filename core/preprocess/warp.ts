import { type Box, crop } from '../crop'
import type { Raster, Size } from '../raster'
import { Layout } from '../wasm'
import { kernels, WARP_FIELDS } from './kernel'
import { compose, inverse, type Matrix, project } from './matrix'
import { resize } from './resize'

/**
 * A picture moved by an affine map or a homography, with bilinear sampling: OpenCV's warpAffine and warpPerspective.
 * Where all of it shrinks to half or less, it is shrunk by area first, so that no pixel is passed over. What the picture
 * does not cover is transparent black; colours count by their alpha.
 *
 * @param matrix from source to result: six numbers (2×3) or nine (3×3), row-major. Pixel centres are at whole numbers,
 *   as in OpenCV.
 * @param size of the result
 * @throws RangeError when the matrix cannot be inverted
 */
export async function warp(raster: Raster, matrix: Matrix, size: Size): Promise<Raster> {
  const back = facing(inverse(matrix), size)
  const seen = partSeen(raster, back, size)
  if (!seen) return { ...dimensions(size), data: new Uint8ClampedArray(size.width * size.height * 4) }
  const part = crop(raster, seen)
  const small = await shrunk(part, reduction(back, size))
  return sample(small, compose(into(part, small), compose([1, 0, -seen.x, 0, 1, -seen.y, 0, 0, 1], back)), size)
}

const dimensions = ({ width, height }: Size): Size => ({ width, height })

/** A homography is the same times −1; what is in front at the middle of the result counts as in front. */
function facing(back: Matrix, { width, height }: Size): Matrix {
  const [, , z] = project(back, (width - 1) / 2, (height - 1) / 2)
  return z < 0 ? back.map((value) => -value) : back
}

/** The part of the source that the result can show; all of it when a corner looks past the horizon. */
function partSeen(source: Size, back: Matrix, size: Size): Box | undefined {
  const corners = [0, size.width - 1].flatMap((x) => [0, size.height - 1].map((y) => project(back, x, y)))
  if (corners.some(([, , z]) => !(z > 0))) return { x: 0, y: 0, ...dimensions(source) }
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  const x = Math.max(Math.floor(Math.min(...xs)) - MARGIN, 0)
  const y = Math.max(Math.floor(Math.min(...ys)) - MARGIN, 0)
  const right = Math.min(Math.ceil(Math.max(...xs)) + MARGIN + 1, source.width)
  const bottom = Math.min(Math.ceil(Math.max(...ys)) + MARGIN + 1, source.height)
  return x < right && y < bottom ? { x, y, width: right - x, height: bottom - y } : undefined
}

const MARGIN = 2 // bilinear sampling reaches one pixel further

/** Whole source pixels for each result pixel, where and along which axis the result shrinks least. */
function reduction(back: Matrix, { width, height }: Size): number {
  const places = [0, (width - 1) / 2, width - 1].flatMap((x) => [0, (height - 1) / 2, height - 1].map((y) => [x, y]))
  const steps = places.flatMap(([x, y]) => {
    const at = project(back, x, y)
    const next = [project(back, x + 1, y), project(back, x, y + 1)]
    return at[2] > 0 ? next.map((to) => Math.hypot(to[0] - at[0], to[1] - at[1])) : []
  })
  const least = Math.floor(Math.min(...steps) + 1e-6) // 9.999 made by rounding is ten
  return Number.isFinite(least) ? Math.max(least, 1) : 1
}

async function shrunk(part: Raster, factor: number): Promise<Raster> {
  if (factor < 2) return part
  return resize(part, { width: Math.ceil(part.width / factor), height: Math.ceil(part.height / factor) })
}

/** From pixels of `large` to those of `small`, whose corners are the same places. */
function into(large: Size, small: Size): Matrix {
  const [x, y] = [small.width / large.width, small.height / large.height]
  return [x, 0, 0.5 * x - 0.5, 0, y, 0.5 * y - 0.5, 0, 0, 1]
}

async function sample(source: Raster, back: Matrix, { width, height }: Size): Promise<Raster> {
  const layout = new Layout()
  const warpAt = layout.reserve(back.length * 8 + WARP_FIELDS.length * 4)
  const rgba = layout.reserve(source.data.length + 8)
  const row = layout.reserve(width * 4)
  const words = { rgba, width: source.width, height: source.height, count: width }
  const data = new Uint8ClampedArray(width * height * 4)
  await kernels.use(layout.bytes, async ({ exports, memory }) => {
    new Float64Array(memory.buffer, warpAt).set(back)
    new Uint32Array(memory.buffer, warpAt + back.length * 8).set(WARP_FIELDS.map((name) => words[name]))
    const bytes = new Uint8Array(memory.buffer)
    bytes.set(source.data, rgba)
    for (let y = 0; y < height; y++) {
      exports.warpRow(warpAt, y, row)
      data.set(bytes.subarray(row, row + width * 4), y * width * 4)
    }
  })
  return { width, height, data }
}
