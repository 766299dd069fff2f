// How much of drawn watermarks is found in photos, by kind and opacity, and how often something is found where there is none.
// EVERY=40 takes every 40th photo; each is searched as it is, and with one mark.
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { findWatermark } from '../../operators/find-watermark/find'
import { estimateMark } from '../../operators/find-watermark/shared-mark'
import { sharedMask } from '../../operators/find-watermark/unblend'
import { childModels } from '../../server/compute/models'
import { openLibrary } from '../../server/models/library'
import { draw, MARKS, marked, opened } from './watermark-scenes'

const PHOTOS = process.env.PHOTOS ?? '../shared/data/photos/open'
const EVERY = Number(process.env.EVERY ?? 40)
const OPACITIES = [0.2, 0.4, 0.6, 1]
const FOUND = 0.5 // share of the mark that must be covered

interface Row {
  readonly kind: string
  readonly opacity: number
  /** Share of the mark's pixels that the mask covers. */
  readonly recall: number
  readonly iou: number
}

if (existsSync(PHOTOS)) await measure()
else console.log(`There are no photos in ${PHOTOS}.`)
process.exit(0)

async function measure(): Promise<void> {
  const library = { cache: join('.build', 'models'), folder: undefined, acceptLicences: [], fetchDefaults: true }
  await openLibrary(library).ensure(['pp-ocr-v4-det'])
  const models = childModels({ library, device: 'cpu', threads: availableParallelism(), memoryBytes: 2e9 })
  const context = { models, checkpoint: async () => {} }
  const files = readdirSync(PHOTOS).filter((_, i) => i % EVERY === 0)
  const rows: Row[] = []
  let wrong = 0
  for (const [i, file] of files.entries()) {
    const photo = await opened(join(PHOTOS, file))
    const { found, boxes } = await findWatermark(photo, context)
    if (found) console.log(`  in ${file}, as it is: ${boxes.map(({ kind, score }) => `${kind} ${score.toFixed(2)}`)}`)
    wrong += Number(found)
    const kind = MARKS[i % MARKS.length]
    const opacity = OPACITIES[Math.floor(i / MARKS.length) % OPACITIES.length]
    const { picture, truth } = await marked(photo, await draw(kind, photo.width, photo.height, opacity, i))
    rows.push({ kind, opacity, ...compared((await findWatermark(picture, context)).mask, truth) })
  }
  console.log(`${files.length} photos as they are: something found in ${wrong}`)
  for (const kind of MARKS)
    report(
      kind,
      rows.filter((row) => row.kind === kind),
    )
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
    const photos = await Promise.all(files.slice(i, i + 5).map((file) => opened(join(PHOTOS, file), { width, height })))
    const all = await Promise.all(photos.map((photo) => marked(photo, layer)))
    const mark = await estimateMark(all.map(({ picture }) => picture))
    const mask = mark ? sharedMask(all[0].picture, mark, 2) : new Uint8Array(width * height)
    rows.push({ kind, opacity, ...compared(mask, all[0].truth) })
  }
  report('shared by 5', rows)
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
