import { resize } from '../../core/preprocess/resize'
import type { Raster } from '../../core/raster'
import { type Quad, sides } from './quad'

/** Cells along the longer side of a plate, and along the shorter. */
const LONG = 7
const SHORT = 2
/** To whole multiples of these the plate's lightness is rounded, and how far red and blue are from it. */
const STEP = { lightness: 48, colour: 16 }
/** Red's, green's and blue's share of lightness, ITU-R BT.601. */
const LIGHTNESS = [0.299, 0.587, 0.114]
/** How far a cell is lighter or darker than the plate's colour, at most. */
const VARIATION = 56
/** Pixels of the texture for each cell. */
const CELL = 16

/**
 * A blur or mosaic that looks like one of the plate and tells nothing about its characters: of the plate only its mean
 * colour is left, rounded coarsely, and the pattern on it is random.
 *
 * A light blur or a mosaic of the plate itself is not safe. Both are known averages of the pixels below: whoever blurs or
 * averages every possible number in the same way finds the one that matches.
 *
 * @param isSmooth a blur; else a mosaic
 * @param random uniform in 0..1
 */
export async function destroyedTexture(
  picture: Raster,
  quad: Quad,
  isSmooth: boolean,
  random: () => number = Math.random,
): Promise<Raster> {
  const { width, height } = sides(quad)
  const [columns, rows] = width >= height ? [LONG, SHORT] : [SHORT, LONG]
  const mean = rounded(meanColor(picture, quad))
  const data = new Uint8ClampedArray(columns * rows * 4)
  for (let cell = 0; cell < columns * rows; cell++) {
    const change = (random() * 2 - 1) * VARIATION
    data.set([...mean.map((value) => value + change), 255], cell * 4)
  }
  const size = { width: columns * CELL, height: rows * CELL }
  const cells = { width: columns, height: rows, data }
  return isSmooth ? resize(cells, size) : mosaic(cells, size)
}

/** Rounding red, green and blue by themselves would give a yellow plate another hue. */
function rounded([red, green, blue]: readonly number[]): number[] {
  const [r, g, b] = LIGHTNESS
  const lightness = r * red + g * green + b * blue
  const light = toStep(lightness, STEP.lightness)
  const moreRed = toStep(red - lightness, STEP.colour)
  const moreBlue = toStep(blue - lightness, STEP.colour)
  return [light + moreRed, light - (r * moreRed + b * moreBlue) / g, light + moreBlue]
}

const toStep = (value: number, step: number): number => Math.round(value / step) * step

const SAMPLES = 32 // along each side

/** Over points spread evenly; for a point outside the picture the nearest one inside. */
function meanColor({ width, height, data }: Raster, quad: Quad): number[] {
  const sum = [0, 0, 0]
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const [x, y] = pointOf(quad, ((i % SAMPLES) + 0.5) / SAMPLES, (Math.floor(i / SAMPLES) + 0.5) / SAMPLES)
    const column = Math.min(Math.max(Math.floor(x), 0), width - 1)
    const row = Math.min(Math.max(Math.floor(y), 0), height - 1)
    for (let channel = 0; channel < 3; channel++) sum[channel] += data[(row * width + column) * 4 + channel]
  }
  return sum.map((value) => value / (SAMPLES * SAMPLES))
}

/** The point at shares of a quad's sides. */
function pointOf([x1, y1, x2, y2, x3, y3, x4, y4]: Quad, u: number, v: number): [number, number] {
  return [
    (1 - v) * ((1 - u) * x1 + u * x2) + v * ((1 - u) * x4 + u * x3),
    (1 - v) * ((1 - u) * y1 + u * y2) + v * ((1 - u) * y4 + u * y3),
  ]
}

function mosaic({ width: columns, data }: Raster, { width, height }: { width: number; height: number }): Raster {
  const cells = new Uint32Array(data.buffer)
  const pixels = new Uint32Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixels[y * width + x] = cells[Math.floor(y / CELL) * columns + Math.floor(x / CELL)]
    }
  }
  return { width, height, data: new Uint8ClampedArray(pixels.buffer) }
}
