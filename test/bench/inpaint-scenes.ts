import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import type { Raster } from '../../core/raster'
import { seeded } from '../support'

/** A whole picture and what of it is hidden. */
export interface Scene {
  readonly name: string
  readonly kind: (typeof KINDS)[number] | 'places'
  readonly image: Raster
  /** 255 in the hole, 0 elsewhere. */
  readonly mask: Uint8Array<ArrayBuffer>
  /** Of a network that is published with its results. */
  readonly peer?: Raster
}

export const KINDS = ['stroke', 'text', 'box'] as const

const SHARED = resolve(import.meta.dirname, '../../../shared/data')
const PHOTOS = Number(process.env.PHOTOS ?? 24)
const PLACES = Number(process.env.PLACES ?? 20)

/** Photos that training held back (models/training/inpaint/photos.py), each with every kind of mask. */
export async function* heldOut(): AsyncGenerator<Scene> {
  let n = 0
  for await (const image of heldOutPhotos(PHOTOS)) {
    for (const kind of KINDS) yield { name: `${kind}-${n}`, kind, image, mask: await drawMask(kind, image, n) }
    n++
  }
}

const LEAST_SIDE = 224 // pixels: the network that compares features takes no smaller ones

/** Files of the photos that training held back; none, with a word, where they do not lie beside the repository. */
export function heldOutFiles(): readonly string[] {
  const listed = join(SHARED, 'photos/manifest.jsonl')
  if (!existsSync(listed)) {
    console.log('No photos lie beside the repository: that part is left out.')
    return []
  }
  const held = rowsOf(listed).filter(({ file, orig }) => file.startsWith('open/') && shareOf(orig) < HELD_BACK)
  return held.map(({ file }) => join(SHARED, 'photos', file))
}

export async function* heldOutPhotos(count: number): AsyncGenerator<Raster> {
  const held = heldOutFiles()
  const step = Math.max(1, Math.floor(held.length / count))
  for (const file of held.filter((_, i) => i % step === 0).slice(0, count)) {
    const image = await readRaster(file)
    if (Math.min(image.width, image.height) >= LEAST_SIDE) yield image
  }
}

/** Places2 with free-form masks and MI-GAN's own results. */
export async function* places(): AsyncGenerator<Scene> {
  const folder = join(SHARED, 'inpaint')
  if (!existsSync(join(folder, 'manifest.jsonl'))) return
  const rows = rowsOf(join(folder, 'manifest.jsonl')).filter(({ source }) => source.endsWith('freeform'))
  for (const [n, row] of rows.slice(0, PLACES).entries()) {
    const [image, mask, peer] = await Promise.all(
      [row.image, row.mask, row.result].map((file) => readRaster(join(folder, file))),
    )
    const hole = Uint8Array.from({ length: mask.width * mask.height }, (_, i) =>
      mask.data[4 * i] >= 128 === (row.hole === 'white') ? 255 : 0,
    )
    yield { name: `places-${n}`, kind: 'places', image, mask: hole, peer }
  }
}

const HELD_BACK = 0.1
const shareOf = (text: string) =>
  Number.parseInt(createHash('sha256').update(text).digest('hex').slice(0, 8), 16) / 2 ** 32

const rowsOf = (file: string): Record<string, string>[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

export async function readRaster(file: string): Promise<Raster> {
  const { data, info } = await sharp(file)
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
}

/** The same for the same number: strokes of a brush, lines of text, or two boxes. @returns 255 in the hole, 0 elsewhere */
export async function drawMask(
  kind: (typeof KINDS)[number],
  { width, height }: { readonly width: number; readonly height: number },
  seed: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const random = seeded(seed)
  for (let i = 0; i < 5; i++) random() // the first ones of near seeds are near each other
  const side = Math.min(width, height)
  const between = (from: number, to: number) => from + (to - from) * random()
  const at = () => `${between(0, width).toFixed(0)},${between(0, height).toFixed(0)}`
  const drawn = {
    stroke: () =>
      [1, 2, 3].map(
        () =>
          `<polyline points="${at()} ${at()} ${at()}" fill="none" stroke="#fff" stroke-linecap="round" stroke-linejoin="round" stroke-width="${between(side / 60, side / 20).toFixed(0)}"/>`,
      ),
    text: () =>
      [0.25, 0.5, 0.8].map(
        (y) =>
          `<text x="50%" y="${(y * height).toFixed(0)}" text-anchor="middle" font-family="DejaVu Sans" font-weight="bold" font-size="${(width / 11).toFixed(0)}" fill="#fff">Stock photo ${seed}</text>`,
      ),
    box: () =>
      [1, 2].map(() => {
        const [w, h] = [between(0.12, 0.28) * side, between(0.12, 0.28) * side]
        const [x, y] = [between(0.05, 0.95) * (width - w), between(0.05, 0.95) * (height - h)]
        return `<rect x="${x.toFixed(0)}" y="${y.toFixed(0)}" width="${w.toFixed(0)}" height="${h.toFixed(0)}" fill="#fff"/>`
      }),
  }[kind]()
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%"/>${drawn.join('')}</svg>`
  const { data, info } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return Uint8Array.from({ length: width * height }, (_, i) => (data[i * info.channels] >= 64 ? 255 : 0))
}

/** The picture with the hole gray: what an engine gets, so that none can peek. */
export function hidden({ width, height, data }: Raster, mask: Uint8Array): Raster {
  const shown = data.slice()
  for (let i = 0; i < mask.length; i++) if (mask[i]) shown.fill(128, 4 * i, 4 * i + 3)
  return { width, height, data: shown }
}
