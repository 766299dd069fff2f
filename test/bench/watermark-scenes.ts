import sharp from 'sharp'
import type { Raster, Size } from '../../core/raster'
import { seeded } from '../support'

export const MARKS = ['text', 'diagonal', 'tiled', 'logo'] as const
export type Mark = (typeof MARKS)[number]

/** A mark by itself: its colour, and in alpha how much it covers. */
export type Layer = Raster

export interface MarkedPhoto {
  readonly picture: Raster
  /** 255 where the mark covers at least a twentieth of what it covers most. */
  readonly truth: Uint8Array
}

const WORDS = [
  'SAMPLE',
  '© Studio North',
  'stock-photos.example',
  'PREVIEW',
  'J. Smith 2019',
  'ARCHIVE',
  'watermark',
  'DRAFT',
]
const FONTS = ['DejaVu Sans', 'DejaVu Serif', 'Liberation Sans', 'DejaVu Sans Mono']
const COLORS = ['#ffffff', '#ffffff', '#ffffff', '#000000', '#808080', '#d02020']
const LOGOS = [
  '<circle cx="50" cy="50" r="40" fill="none" stroke="INK" stroke-width="12"/><path d="M50 22 78 66H22Z" fill="INK"/>',
  '<rect x="10" y="10" width="80" height="80" rx="14" fill="INK"/>',
  '<path d="M50 8 62 38 94 40 69 60 78 92 50 74 22 92 31 60 6 40 38 38Z" fill="INK"/>',
  '<path d="M10 80V20L50 60 90 20V80" fill="none" stroke="INK" stroke-width="14"/>',
]

/** The drawing of a mark for a picture of this size; opacity 0..1. */
export function draw(mark: Mark, width: number, height: number, opacity: number, seed: number): Promise<Layer> {
  const random = seeded(seed)
  for (let i = 0; i < 5; i++) random() // the first ones of near seeds are near each other
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]
  const [word, font, ink, logo] = [pick(WORDS), pick(FONTS), pick(COLORS), pick(LOGOS)]
  const least = Math.min(width, height)
  const letters = (size: number, x: number, y: number, more = '') =>
    `<text x="${x}" y="${y}" font-size="${size}" font-family="${font}" font-weight="bold" fill="${ink}" ${more}>${word}</text>`
  const body = {
    text: () => {
      const [x, anchor] = pick([
        [0.03, 'start'],
        [0.97, 'end'],
        [0.5, 'middle'],
      ] as const)
      return letters(least * (0.05 + 0.04 * random()), x * width, pick([0.1, 0.95]) * height, `text-anchor="${anchor}"`)
    },
    diagonal: () => {
      const size = (0.9 * width) / word.length
      const at = `text-anchor="middle" transform="rotate(${pick([-30, -45, 30])} ${width / 2} ${height / 2})"`
      return letters(Math.min(size, least * 0.15), width / 2, height / 2, at)
    },
    tiled: () => {
      const size = least * (0.04 + 0.03 * random())
      const [across, down] = [size * (word.length * 0.75 + 2), size * (3 + 2 * random())]
      const tile = `<pattern id="tile" width="${across.toFixed(0)}" height="${down.toFixed(0)}" patternUnits="userSpaceOnUse" patternTransform="rotate(${pick([-30, -20, 0, 30])})">${letters(size, 2, size * 1.3)}</pattern>`
      return `<defs>${tile}</defs><rect width="100%" height="100%" fill="url(#tile)"/>`
    },
    logo: () => {
      const side = least * (0.1 + 0.08 * random())
      const [x, y] = [pick([0.03 * width, 0.97 * width - side]), pick([0.03 * height, 0.97 * height - side])]
      return `<g transform="translate(${x} ${y}) scale(${side / 100})">${logo.replaceAll('INK', ink)}</g>`
    },
  }[mark]()
  return rendered(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g opacity="${opacity}">${body}</g></svg>`,
  )
}

async function rendered(svg: string): Promise<Layer> {
  const { data, info } = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
}

/** The mark laid over a photo, saved as JPEG and opened again. */
export async function marked(photo: Raster, layer: Layer, quality = 90): Promise<MarkedPhoto> {
  const data = photo.data.slice()
  for (let i = 0; i < data.length; i += 4) {
    const alpha = layer.data[i + 3] / 255
    for (let c = i; c < i + 3; c++) data[c] = data[c] * (1 - alpha) + layer.data[c] * alpha
  }
  return { picture: await reopened({ ...photo, data }, quality), truth: truthOf(layer) }
}

export function truthOf({ data }: Layer): Uint8Array {
  const alphas = Array.from({ length: data.length / 4 }, (_, i) => data[i * 4 + 3])
  const most = alphas.reduce((a, b) => Math.max(a, b), 0)
  return Uint8Array.from(alphas, (alpha) => (alpha > 0 && alpha >= most * 0.05 ? 255 : 0))
}

async function reopened({ width, height, data }: Raster, quality: number): Promise<Raster> {
  const file = await sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .jpeg({ quality })
    .toBuffer()
  return opened(file)
}

/** @param size the picture is cut and scaled to it */
export async function opened(file: string | Buffer, size?: Size): Promise<Raster> {
  const image = size ? sharp(file).resize({ ...size, fit: 'cover' }) : sharp(file)
  const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
}
