import type { Raster, Size } from './raster'

type Vector = readonly [number, number, number]

/** Points to draw in one colour. */
export interface CloudLayer {
  readonly positions: Float32Array
  /** Unit length; null is lit evenly, depth alone shows the shape. */
  readonly normals: Float32Array | null
  /** Red, green, blue, 0..255. */
  readonly color: Vector
}

/** Where the picture is taken from: parallel rays, everything in view. */
export interface CloudView {
  /** From the points to the viewer, unit length. */
  readonly towards: Vector
  /** What is up in the picture; need not be square to `towards`. */
  readonly up: Vector
}

export const THREE_QUARTERS: CloudView = { towards: [0.48, 0.42, 0.77], up: [0, 1, 0] }

const SAMPLES = 2 // per side of a pixel
const MARGIN = 0.05 // of the picture, around the points
const LIGHT: Vector = [-0.35, 0.5, 0.79] // in the viewer's frame: from the upper left, behind the viewer
const TOP: Vector = [38, 43, 52]
const BOTTOM: Vector = [18, 20, 25]
const DOME = 45 // strength of the darkening at steps in depth

/** Draws points as lit discs with darkened depth steps, so that a cloud looks like a surface. */
export function drawCloud(layers: readonly CloudLayer[], size: Size, view: CloudView = THREE_QUARTERS): Raster {
  const [width, height] = [size.width * SAMPLES, size.height * SAMPLES]
  const canvas = {
    width,
    height,
    color: new Uint8Array(width * height * 3),
    depth: new Float32Array(width * height).fill(-Infinity),
  }
  const frame = frameOf(view)
  const fit = fitOf(layers, frame, width, height)
  for (const layer of layers) splat(canvas, layer, frame, fit)
  return shrunk(canvas, domeShade(canvas, fit.depthRange), size)
}

interface Canvas extends Size {
  readonly color: Uint8Array
  /** Larger is nearer; -Infinity is background. */
  readonly depth: Float32Array
}

interface Frame {
  readonly right: Vector
  readonly up: Vector
  readonly towards: Vector
}

/** Pixels per unit, the point in the middle of the picture, and how deep the scene is. */
interface Fit {
  readonly scale: number
  readonly u: number
  readonly v: number
  readonly depthRange: number
}

function frameOf({ towards, up }: CloudView): Frame {
  const right = unit(cross(Math.abs(dot(up, towards)) > 0.99 ? [1, 0, 0] : up, towards))
  return { right, up: cross(towards, right), towards }
}

function fitOf(layers: readonly CloudLayer[], frame: Frame, width: number, height: number): Fit {
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  for (const { positions } of layers) {
    for (let i = 0; i < positions.length; i += 3) {
      for (const [k, axis] of [frame.right, frame.up, frame.towards].entries()) {
        const along = positions[i] * axis[0] + positions[i + 1] * axis[1] + positions[i + 2] * axis[2]
        if (along < low[k]) low[k] = along
        if (along > high[k]) high[k] = along
      }
    }
  }
  const [wide, tall, deep] = high.map((top, k) => Math.max(top - low[k], 1e-12))
  const scale = Math.min(width / wide, height / tall) * (1 - 2 * MARGIN)
  return { scale, u: (low[0] + high[0]) / 2, v: (low[1] + high[1]) / 2, depthRange: Math.max(deep, wide, tall) }
}

function splat(canvas: Canvas, { positions, normals, color }: CloudLayer, frame: Frame, fit: Fit) {
  const { right, up, towards } = frame
  const radius = discRadius(positions.length / 3, canvas)
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y, z] = [positions[i], positions[i + 1], positions[i + 2]]
    const column = canvas.width / 2 + (x * right[0] + y * right[1] + z * right[2] - fit.u) * fit.scale
    const row = canvas.height / 2 - (x * up[0] + y * up[1] + z * up[2] - fit.v) * fit.scale
    const nearness = x * towards[0] + y * towards[1] + z * towards[2]
    const shade = normals ? lit(normals, i, frame) : 0.8
    disc(canvas, column, row, radius, nearness, color, shade)
  }
}

/** Discs that close the surface when the points cover about a fifth of the picture. */
function discRadius(count: number, { width, height }: Size): number {
  return Math.min(12, Math.max(1.5, 0.9 * Math.sqrt((width * height) / Math.max(1, count))))
}

/** Lambert and a little shine; both sides are lit, since clouds do not always agree on which is out. */
function lit(normals: Float32Array, i: number, { right, up, towards }: Frame): number {
  const [x, y, z] = [normals[i], normals[i + 1], normals[i + 2]]
  const facing = x * towards[0] + y * towards[1] + z * towards[2]
  const side = facing < 0 ? -1 : 1
  const across = x * right[0] + y * right[1] + z * right[2]
  const upward = x * up[0] + y * up[1] + z * up[2]
  const cosine = Math.max(0, side * (across * LIGHT[0] + upward * LIGHT[1] + facing * LIGHT[2]))
  return 0.28 + 0.68 * cosine + 0.22 * cosine ** 24
}

function disc(
  { width, height, color, depth }: Canvas,
  column: number,
  row: number,
  radius: number,
  nearness: number,
  [r, g, b]: Vector,
  shade: number,
) {
  const bottom = Math.min(height - 1, Math.floor(row + radius))
  const right = Math.min(width - 1, Math.floor(column + radius))
  for (let y = Math.max(0, Math.ceil(row - radius)); y <= bottom; y++) {
    for (let x = Math.max(0, Math.ceil(column - radius)); x <= right; x++) {
      const at = y * width + x
      if (nearness <= depth[at] || (x - column) ** 2 + (y - row) ** 2 > radius * radius) continue
      depth[at] = nearness
      color[at * 3] = Math.min(255, r * shade)
      color[at * 3 + 1] = Math.min(255, g * shade)
      color[at * 3 + 2] = Math.min(255, b * shade)
    }
  }
}

/**
 * Light that reaches each pixel past its nearer neighbours, 0..1.
 *
 * @see Boucheny, "Interactive scientific visualisation of large datasets", 2009, for eye-dome lighting
 */
function domeShade({ width, height, depth }: Canvas, depthRange: number): Float32Array {
  const light = new Float32Array(width * height).fill(1)
  const reach = 2 * SAMPLES
  for (let y = reach; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++) {
      const at = y * width + x
      if (depth[at] === -Infinity) continue
      let blocked = 0
      for (const step of [reach, -reach, reach * width, -reach * width]) {
        const rise = depth[at + step] - depth[at]
        if (rise > 0) blocked += Math.min(rise / depthRange, 0.05)
      }
      light[at] = Math.exp(-blocked * DOME * 0.25)
    }
  }
  return light
}

function shrunk({ width, color, depth }: Canvas, light: Float32Array, size: Size): Raster {
  const data = new Uint8ClampedArray(size.width * size.height * 4)
  for (let y = 0; y < size.height; y++) {
    const down = y / Math.max(1, size.height - 1)
    for (let x = 0; x < size.width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        const behind = TOP[channel] + (BOTTOM[channel] - TOP[channel]) * down
        let sum = 0
        for (let s = 0; s < SAMPLES * SAMPLES; s++) {
          const at = (y * SAMPLES + Math.floor(s / SAMPLES)) * width + x * SAMPLES + (s % SAMPLES)
          sum += depth[at] === -Infinity ? behind : color[at * 3 + channel] * light[at]
        }
        data[(y * size.width + x) * 4 + channel] = sum / (SAMPLES * SAMPLES)
      }
      data[(y * size.width + x) * 4 + 3] = 255
    }
  }
  return { ...size, data }
}

const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

function unit(v: Vector): Vector {
  const length = Math.hypot(...v)
  return [v[0] / length, v[1] / length, v[2] / length]
}
