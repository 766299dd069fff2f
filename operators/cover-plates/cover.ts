import { type Box, crop, paste } from '../../core/crop'
import { compose, type Matrix } from '../../core/preprocess/matrix'
import { warp } from '../../core/preprocess/warp'
import type { Raster, Size } from '../../core/raster'
import { Layout } from '../../core/wasm'
import { kernels } from './kernel'
import { area, bounds, intersection, type Polygon, type Quad, rectangle, sides } from './quad'

/** What lies on a plate. */
export interface Cover {
  /** `0xBBGGRR` with opaque alpha above it: RGBA bytes as one little-endian word. */
  readonly color: number
  /** Laid over the plate, on the colour; undefined for the colour alone. */
  readonly texture?: Raster
  /** Whether the texture may be stretched as far as the plate asks; else bars of the colour are left beside it. */
  readonly stretches?: boolean
}

/**
 * Covers a quad in place. Edges are anti-aliased by the exact area of each pixel that they cut; the work grows with the
 * quad and not with the picture.
 *
 * @param quad convex, clockwise from the corner where the texture's top left goes; may reach outside the picture
 */
export async function coverQuad(
  picture: Raster,
  quad: Quad,
  { color, texture, stretches = false }: Cover,
): Promise<void> {
  const frame = { x: 0, y: 0, width: picture.width, height: picture.height }
  const visible = intersection(quad, rectangle(frame))
  if (area(visible) === 0) return
  const box = wholePixels(visible, picture)
  const sheet = texture && !stretches ? fitted(texture, quad) : texture
  const over = sheet && (await warp(sheet, toPatch(quad, sheet, box), box))
  const patch = crop(picture, box)
  await blend(patch, shifted(visible, box), color, over)
  if (patch !== picture) paste(picture, patch, box)
}

function wholePixels(polygon: Polygon, picture: Raster): Box {
  const { x, y, width, height } = bounds(polygon)
  // Rounding may leave a cut corner a little outside, and one on the far edge has no pixel right of it.
  const left = clamped(Math.floor(x), picture.width - 1)
  const top = clamped(Math.floor(y), picture.height - 1)
  const right = Math.min(Math.ceil(x + width), picture.width)
  const bottom = Math.min(Math.ceil(y + height), picture.height)
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
}

const clamped = (value: number, most: number): number => Math.min(Math.max(value, 0), most)

const shifted = (polygon: Polygon, { x, y }: Box): Polygon => polygon.map((value, i) => value - (i % 2 === 0 ? x : y))

async function blend(patch: Raster, polygon: Polygon, color: number, over: Raster | undefined): Promise<void> {
  const { width, height } = patch
  const layout = new Layout()
  const corners = layout.reserve(polygon.length * 8)
  const shares = layout.reserve((width + 2) * height * 4)
  const row = layout.reserve(width * 4)
  const cover = layout.reserve(width * 4)
  await kernels.use(layout.bytes, async ({ exports, memory }) => {
    const bytes = new Uint8ClampedArray(memory.buffer)
    new Float64Array(memory.buffer, corners, polygon.length).set(polygon)
    exports.coverage(corners, polygon.length / 2, shares, width, height)
    for (let y = 0; y < height; y++) {
      const line = patch.data.subarray(y * width * 4, (y + 1) * width * 4)
      bytes.set(line, row)
      if (over) bytes.set(over.data.subarray(y * width * 4, (y + 1) * width * 4), cover)
      exports.blendRow(row, over ? cover : 0, color, shares + y * (width + 2) * 4, width)
      line.set(bytes.subarray(row, row + width * 4))
    }
  })
}

/** How much a texture may be stretched one way more than the other, before bars of the colour are left instead. */
const MOST_STRETCH = 1.5
const MOST_SIDE = 4096 // a cover so thin that it would need more is stretched after all

/** The texture, or where it would be stretched too much, that in the middle of a transparent canvas. */
function fitted(texture: Raster, quad: Quad): Raster {
  const size = fittedSize(texture, sides(quad))
  const isFit = size.width === texture.width && size.height === texture.height
  if (isFit || Math.max(size.width, size.height) > MOST_SIDE) return texture
  const canvas = { ...size, data: new Uint8ClampedArray(size.width * size.height * 4) }
  const [x, y] = [Math.floor((size.width - texture.width) / 2), Math.floor((size.height - texture.height) / 2)]
  paste(canvas, texture, { x, y })
  return canvas
}

function fittedSize({ width, height }: Size, plate: Size): Size {
  const stretch = plate.width / Math.max(plate.height, 1e-6) / (width / height)
  if (stretch > MOST_STRETCH) return { width: Math.round((width * stretch) / MOST_STRETCH), height }
  if (stretch < 1 / MOST_STRETCH) return { width, height: Math.round(height / stretch / MOST_STRETCH) }
  return { width, height }
}

/** From pixel centres of the texture to those of the patch. */
function toPatch(quad: Quad, { width, height }: Size, { x, y }: Box): Matrix {
  const fromCenter = [1 / width, 0, 0.5 / width, 0, 1 / height, 0.5 / height, 0, 0, 1]
  const toCenter = [1, 0, -x - 0.5, 0, 1, -y - 0.5, 0, 0, 1]
  return compose(toCenter, compose(squareTo(quad), fromCenter))
}

/** The homography that takes the unit square to a quad. Heckbert, "Fundamentals of Texture Mapping", 1989, 2.2.3. */
function squareTo([x1, y1, x2, y2, x3, y3, x4, y4]: Quad): Matrix {
  const [dx1, dx2, sx] = [x2 - x3, x4 - x3, x1 - x2 + x3 - x4]
  const [dy1, dy2, sy] = [y2 - y3, y4 - y3, y1 - y2 + y3 - y4]
  const determinant = dx1 * dy2 - dx2 * dy1
  const g = (sx * dy2 - dx2 * sy) / determinant
  const h = (dx1 * sy - sx * dy1) / determinant
  return [x2 - x1 + g * x2, x4 - x1 + h * x4, x1, y2 - y1 + g * y2, y4 - y1 + h * y4, y1, g, h, 1]
}
