import type { Raster, Size } from '../../../core/raster'
import { seeded } from '../../support'

export type Pixel = readonly [red: number, green: number, blue: number]

/** A picture from its pixels. */
export function paint({ width, height }: Size, pixel: (x: number, y: number) => Pixel): Raster {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) data.set([...pixel(i % width, Math.floor(i / width)), 255], i * 4)
  return { width, height, data }
}

/** Every pixel anything. */
export function noise(width: number, height: number, seed = 1): Raster {
  const random = seeded(seed)
  const byte = () => Math.floor(random() * 256)
  return paint({ width, height }, () => [byte(), byte(), byte()])
}

/** As a photograph is: soft shapes of many sizes, some fine grain. */
export function scene(width: number, height: number, seed = 1): Raster {
  const random = seeded(seed)
  const waves = Array.from({ length: 24 }, () => {
    const size = 4 * 1.25 ** Math.floor(random() * 20)
    const turn = random() * 2 * Math.PI
    return {
      x: Math.cos(turn) / size,
      y: Math.sin(turn) / size,
      start: random() * 6,
      strength: size ** 0.7 * 0.6,
      hue: random(),
    }
  })
  return paint({ width, height }, (x, y) => {
    const pixel: [number, number, number] = [128, 128, 128]
    for (const wave of waves) {
      const value = Math.sin(x * wave.x + y * wave.y + wave.start) * wave.strength
      pixel[0] += value * (0.5 + wave.hue)
      pixel[1] += value
      pixel[2] += value * (1.5 - wave.hue)
    }
    const grain = random() * 6
    return [pixel[0] + grain, pixel[1] + grain, pixel[2] + grain]
  })
}

/** As a screenshot is: flat areas, lines, letters, and shades that differ by one. */
export function screen(width: number, height: number, seed = 1): Raster {
  const random = seeded(seed)
  const raster = paint({ width, height }, (_, y) => (y < height / 8 ? [32, 34, 40] : [255, 255, 255]))
  for (let i = 0; i < 40; i++) {
    const shade = [250, 254, 20, 128, 60][Math.floor(random() * 5)]
    const [left, top] = [Math.floor(random() * width), Math.floor(random() * height)]
    const [right, bottom] = [left + Math.floor(random() * 30), top + Math.floor(random() * 12)]
    for (let y = top; y < Math.min(bottom, height); y++) {
      for (let x = left; x < Math.min(right, width); x++)
        raster.data.set([shade, 255 - shade, shade], (y * width + x) * 4)
    }
  }
  return raster
}

/** A part of a picture. */
export function crop({ width: stride, data }: Raster, x: number, y: number, width: number, height: number): Raster {
  const part = new Uint8ClampedArray(width * height * 4)
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * stride + x) * 4
    part.set(data.subarray(from, from + width * 4), row * width * 4)
  }
  return { width, height, data: part }
}

/** A copy of `base` with `part` laid over it. */
export function paste(base: Raster, part: Raster, x: number, y: number): Raster {
  const data = base.data.slice()
  for (let row = 0; row < part.height; row++) {
    const from = row * part.width * 4
    data.set(part.data.subarray(from, from + part.width * 4), ((y + row) * base.width + x) * 4)
  }
  return { ...base, data }
}
