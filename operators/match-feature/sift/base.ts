import type { Raster } from '../../../core/raster'
import type { Kernel } from '../kernel'

/** Brightness less 128, as i16 in 1/128 of a gray level, in the kernel's memory; rows are `stride` values apart. */
export interface Plane {
  readonly address: number
  readonly width: number
  readonly height: number
  readonly stride: number
}

/** The picture as the first octave sees it: enlarged, as it is, or reduced. */
export interface Base {
  readonly raster: Raster
  readonly width: number
  readonly height: number
  /** Pixels of the picture for one pixel here: 0.5, 1, or a whole factor. */
  readonly step: number
  /** Blur that is in it already, in its own pixels. */
  readonly blur: number
}

const CAMERA_BLUR = 0.5 // what every sharp photograph is taken to have (Lowe 2004, section 3.3)
const MOST_ENLARGED = 8e6 // pixels of the picture; beyond, the finest details are many enough without
const MOST_PIXELS = 32e6 // of the base: 0.4 GB for its octave

/** Enlarges twice, which finds the finest details; a large picture is kept, a very large one reduced. */
export function planBase(raster: Raster): Base {
  const { width, height } = raster
  if (width * height <= MOST_ENLARGED) {
    return { raster, width: width * 2, height: height * 2, step: 0.5, blur: 2 * CAMERA_BLUR }
  }
  const step = Math.ceil(Math.sqrt((width * height) / MOST_PIXELS))
  return { raster, width: Math.floor(width / step), height: Math.floor(height / step), step, blur: CAMERA_BLUR }
}

/** Where a point of the base lies in the picture. */
export const toPicture = ({ step }: Base, coordinate: number): number => coordinate * step + (step - 1) / 2

/** Writes the base into a plane of its size. */
export function makeBase(kernel: Kernel, { raster, step }: Base, plane: Plane): void {
  const mark = kernel.mark()
  if (step < 1) enlarge(kernel, raster, plane)
  else reduce(kernel, raster, step, plane)
  kernel.release(mark)
}

function enlarge(kernel: Kernel, raster: Raster, { address, stride }: Plane): void {
  const { width, height } = raster
  const rows = kernel.allocate(width * height * 2)
  readRows(kernel, raster, 0, height, rows)
  const row = (y: number) => rows + Math.min(Math.max(y, 0), height - 1) * width * 2
  for (let y = 0; y < height; y++) {
    const to = address + 2 * y * stride * 2
    kernel.run.doubleRow(row(y), row(y - 1), to, width)
    kernel.run.doubleRow(row(y), row(y + 1), to + stride * 2, width)
  }
}

function reduce(kernel: Kernel, raster: Raster, factor: number, { address, width, height, stride }: Plane): void {
  const rows = kernel.allocate(raster.width * factor * 2)
  for (let y = 0; y < height; y++) {
    readRows(kernel, raster, y * factor, factor, rows)
    kernel.run.shrinkRow(rows, raster.width, factor, address + y * stride * 2, width)
  }
}

/** Brightness of some rows, band by band: a whole picture of RGBA need not fit beside the scale space. */
function readRows(kernel: Kernel, { data, width }: Raster, from: number, count: number, to: number): void {
  const mark = kernel.mark()
  const band = Math.min(64, count)
  const rgba = kernel.allocate(width * band * 4)
  for (let y = 0; y < count; y += band) {
    const rows = Math.min(band, count - y)
    const start = (from + y) * width * 4
    kernel.bytes(rgba, width * rows * 4).set(data.subarray(start, start + width * rows * 4))
    kernel.run.luma(rgba, to + y * width * 2, width * rows)
  }
  kernel.release(mark)
}
