// How much of drawn watermarks is found in photos that no training saw, by kind and opacity, and how often something is found
// where there is none. Each photo is searched as it is, and with one mark. EVERY=10 takes every tenth of the photos held back;
// the default, every second, leaves out those to which the finder's judges were fitted. SHEET is a file for pictures and masks.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Raster } from '../../core/raster'
import { findWatermark } from '../../operators/find-watermark/find'
import { estimateMark } from '../../operators/find-watermark/shared-mark'
import { sharedMask } from '../../operators/find-watermark/unblend'
import { childModels } from '../../server/compute/models'
import { openLibrary } from '../../server/models/library'
import { heldOutFiles } from './inpaint-scenes'
import { sheetOf, tileOf } from './sheet'
import { draw, MARKS, marked, opened } from './watermark-scenes'

const EVERY = Number(process.env.EVERY ?? 2)
const SHEET = process.env.SHEET
const OPACITIES = [0.2, 0.4, 0.6, 1]
const FOUND = 0.5 // share of the mark that must be covered

interface Row {
  readonly kind: string
  readonly opacity: number
  /** Share of the mark's pixels that the mask covers. */
  readonly recall: number
  readonly iou: number
}

await measure()
process.exit(0)

async function measure(): Promise<void> {
  const library = { cache: join('.build', 'models'), folder: undefined, acceptLicences: [], fetchDefaults: true }
  await openLibrary(library).ensure(['pp-ocr-v4-det', 'darkroom-marks'])
  const models = childModels({ library, device: 'cpu', threads: availableParallelism(), memoryBytes: 2e9 })
  const context = { models, checkpoint: async () => {} }
  const files = heldOutFiles().filter((_, i) => i % EVERY === 0)
  const tiles: Buffer[] = []
  const rows: Row[] = []
  let wrong = 0
  for (const [i, file] of files.entries()) {
    const photo = await opened(file)
    const { found, boxes } = await findWatermark(photo, context)
    if (found) console.log(`  in ${file}, as it is: ${boxes.map(({ kind, score }) => `${kind} ${score.toFixed(2)}`)}`)
    wrong += Number(found)
    const kind = MARKS[i % MARKS.length]
    const opacity = OPACITIES[Math.floor(i / MARKS.length) % OPACITIES.length]
    const { picture, truth } = await marked(photo, await draw(kind, photo.width, photo.height, opacity, i))
    const { mask } = await findWatermark(picture, context)
    rows.push({ kind, opacity, ...compared(mask, truth) })
    if (SHEET) tiles.push(...(await tilesOf(picture, mask)))
  }
  if (SHEET) await sheetOf(tiles).toFile(SHEET)
  console.log(`${files.length} photos as they are: something found in ${wrong}`)
  for (const kind of MARKS)
    report(
      kind,
      rows.filter((row) => row.kind === kind),
    )
  report('all', rows)
  for (const opacity of OPACITIES)
    report(
      `opacity ${opacity}`,
      rows.filter((row) => row.opacity === opacity),
    )
  await measureShared(files)
}

/** One mark in five photos, scaled to one size. */
async function measureShared(files: readonly string[]): Promise<void> {
  const [width, height] = [320, 240]
  const rows: Row[] = []
  for (const [i, kind] of MARKS.entries()) {
    const opacity = OPACITIES[i % OPACITIES.length]
    const layer = await draw(kind, width, height, opacity, i)
    const photos = await Promise.all(files.slice(i, i + 5).map((file) => opened(file, { width, height })))
    const all = await Promise.all(photos.map((photo) => marked(photo, layer)))
    const mark = await estimateMark(all.map(({ picture }) => picture))
    const mask = mark ? sharedMask(all[0].picture, mark, 2) : new Uint8Array(width * height)
    rows.push({ kind, opacity, ...compared(mask, all[0].truth) })
  }
  report('shared by 5', rows)
}

async function tilesOf(picture: Raster, mask: Uint8Array): Promise<readonly Buffer[]> {
  const data = new Uint8ClampedArray(mask.length * 4)
  for (let i = 0; i < mask.length; i++) data.fill(mask[i], i * 4, i * 4 + 3).fill(255, i * 4 + 3, i * 4 + 4)
  return [await tileOf(picture), await tileOf({ ...picture, data })]
}

function compared(mask: Uint8Array, truth: Uint8Array): Pick<Row, 'recall' | 'iou'> {
  let [both, either, all] = [0, 0, 0]
  for (let i = 0; i < mask.length; i++) {
    if (truth[i]) all++
    if (mask[i] && truth[i]) both++
    if (mask[i] || truth[i]) either++
  }
  return { recall: all > 0 ? both / all : 0, iou: either > 0 ? both / either : 0 }
}

function report(name: string, rows: readonly Row[]): void {
  const mean = (value: (row: Row) => number) =>
    rows.reduce((sum, row) => sum + value(row), 0) / Math.max(rows.length, 1)
  const found = rows.filter(({ recall }) => recall >= FOUND)
  const inFound = found.reduce((sum, { recall }) => sum + recall, 0) / Math.max(found.length, 1)
  console.log(
    `${name.padEnd(12)} ${found.length} of ${rows.length} found; covered ${mean(({ recall }) => recall).toFixed(2)}, of those found ${inFound.toFixed(2)}; IoU ${mean(({ iou }) => iou).toFixed(2)}`,
  )
}
