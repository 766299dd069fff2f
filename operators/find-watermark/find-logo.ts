import { type Box, crop } from '../../core/crop'
import { resize } from '../../core/preprocess/resize'
import type { Raster, Size } from '../../core/raster'
import type { Candidate } from './candidate'
import { logoScore } from './judge-logo'
import { logoCuesOf } from './logo-cues'
import { dilate } from './planes'
import { boundsOf, enlarged, placed, type Shape, shapeOf } from './shape'
import { closedZones } from './zones'

const MOST_SIDE = 640 // pixels: logos are far larger than a pixel
const LEAST_SIDE = 96
const CORNER = 0.3 // of the picture's sides
const STEPS = [4, 8, 14, 22] // levels within a zone: noise and compression, more of it in textured scenes
const LEAST_AREA = 20 // pixels of a part
const LOGO_SIDES = [0.05, 0.3] as const // of the picture's shorter side
const SAME_COLOUR = 24 // levels between parts of one logo
const FRINGE = 1 // pixels: soft edges

/** Compact shapes in the corners, of one colour: their score is how surely they are laid over the picture. */
export async function findLogos(image: Raster): Promise<Candidate[]> {
  const times = Math.min(MOST_SIDE / Math.max(image.width, image.height), 1)
  const size = { width: Math.round(image.width * times), height: Math.round(image.height * times) }
  if (Math.min(size.width, size.height) < LEAST_SIDE) return []
  const small = times < 1 ? await resize(image, size) : image
  const found: Candidate[] = []
  for (const corner of cornersOf(size)) {
    const best = await bestIn(small, corner)
    if (best) found.push(times < 1 ? { ...best, ...enlarged(best, size, image, 0.5) } : best)
  }
  return found
}

function cornersOf({ width, height }: Size): Box[] {
  const [w, h] = [Math.round(width * CORNER), Math.round(height * CORNER)]
  return [0, width - w].flatMap((x) => [0, height - h].map((y) => ({ x, y, width: w, height: h })))
}

async function bestIn(image: Raster, corner: Box): Promise<Candidate | undefined> {
  let best: Candidate | undefined
  for (const shape of shapesIn(image, corner)) {
    const cues = await logoCuesOf(image, shape)
    const score = cues ? logoScore(cues) : 0
    if (score > (best?.score ?? 0)) best = { kind: 'logo', ...withFringe(shape, image), score }
  }
  return best
}

interface Part {
  readonly pixels: Int32Array
  readonly box: Box
  readonly colour: readonly number[]
}

/** Zones of the corner, each alone and together with those of the same colour beside it. */
function shapesIn(image: Raster, corner: Box): Shape[] {
  const part = crop(image, corner)
  const least = Math.min(image.width, image.height)
  const shapes = new Map<string, Shape>()
  for (const step of STEPS) {
    const zones = closedZones(part, step, LEAST_AREA, (LOGO_SIDES[1] * least) ** 2).map((pixels) =>
      partOf(pixels, part),
    )
    for (const zone of zones) {
      for (const group of [[zone], groupOf(zone, zones)]) {
        const { box, ink } = shapeOf(
          group.map(({ pixels }) => pixels),
          part.width,
        )
        const side = Math.max(box.width, box.height)
        if (side < LOGO_SIDES[0] * least || side > LOGO_SIDES[1] * least) continue
        if (Math.min(box.width, box.height) < side / 4) continue
        const area = ink.reduce((sum, value) => sum + value, 0)
        shapes.set(`${box.x} ${box.y} ${box.width} ${area >> 4}`, {
          box: { ...box, x: box.x + corner.x, y: box.y + corner.y },
          ink,
        })
      }
    }
  }
  return [...shapes.values()]
}

function partOf(pixels: Int32Array, { width, data }: Raster): Part {
  const colour = [0, 0, 0]
  for (const at of pixels) {
    for (let c = 0; c < 3; c++) colour[c] += data[at * 4 + c] / pixels.length
  }
  return { pixels, colour, box: boundsOf([pixels], width) }
}

/** The zone and all that can be reached from it from part to part. */
function groupOf(zone: Part, zones: readonly Part[]): Part[] {
  const group = [zone]
  for (let next = 0; next < group.length; next++) {
    for (const other of zones) {
      if (!group.includes(other) && isSame(zone, other) && isBeside(group[next].box, other.box)) group.push(other)
    }
  }
  return group
}

const isSame = (a: Part, b: Part) => a.colour.every((value, c) => Math.abs(value - b.colour[c]) < SAME_COLOUR)

function isBeside(a: Box, b: Box): boolean {
  const gap = 3 + 0.15 * Math.min(Math.max(a.width, a.height), Math.max(b.width, b.height))
  const across = Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width)
  const down = Math.max(a.y, b.y) - Math.min(a.y + a.height, b.y + b.height)
  return Math.max(across, down) <= gap
}

function withFringe(shape: Shape, size: Size): Shape {
  const { box, ink } = placed(shape, FRINGE, size)
  return { box, ink: dilate(ink, box, FRINGE) }
}
