import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Quad } from '../../operators/cover-plates/quad'
import { toQuad } from '../../operators/cover-plates/result'
import type { Residual } from '../../operators/cover-plates/spec'
import { execute, type Platform } from '../../operators/execute'
import { benchPlatform, unhindered } from './plates-host'
import { PLATES, plateLabels } from './plates-labels'
import { iou } from './plates-metrics'

const SOURCE = 'eg_moto' // four corners clicked by hand, never trained on
const PHOTOS = process.env.DARKROOM_PHOTOS ?? '../shared/data/photos'
const EVERY = Number(process.env.EVERY ?? 1)
const SAME = 0.2 // what is left of a plate is flagged as that part, or as the whole

const COVERS: Readonly<Record<string, (plate: Quad) => readonly Quad[]>> = {
  covered: (plate) => [plate],
  'left half covered': (plate) => [leftHalf(plate)],
  'not covered': () => [],
}

/**
 * What the second look flags at the tool's own threshold: of plates that were covered exactly, in their left half, or not
 * at all; and of photos without plates that were searched and covered as usual.
 */
export async function printAgain(): Promise<void> {
  const labels = plateLabels().filter(({ source, kinds }) => source === SOURCE && kinds.join() === 'true4')
  const chosen = labels.filter((_, i) => i % EVERY === 0)
  if (chosen.length === 0) return console.log(`There are no labelled photos in ${PLATES}.`)
  const platform = await benchPlatform()
  for (const [name, cover] of Object.entries(COVERS)) {
    let [flagged, elsewhere] = [0, 0]
    for (const { file, plates } of chosen) {
      const residuals = await residualsOf(join(PLATES, file), { quads: cover(plates[0]).map(toCorners) }, platform)
      if (residuals.some((quad) => iou(quad, plates[0]) >= SAME)) flagged += 1
      if (residuals.some((quad) => iou(quad, plates[0]) === 0)) elsewhere += 1
    }
    console.log(`${name}: ${flagged} of ${chosen.length} plates flagged; something elsewhere in ${elsewhere} photos`)
  }
  await printWithoutPlates(platform)
}

async function printWithoutPlates(platform: Platform): Promise<void> {
  const list = join(PHOTOS, 'manifest.jsonl')
  if (!existsSync(list)) return console.log(`There are no photos without plates in ${PHOTOS}.`)
  const files = readFileSync(list, 'utf8')
    .trim()
    .split('\n')
    .map((line): string => JSON.parse(line).file)
  const chosen = files.filter((_, i) => i % (3 * EVERY) === 0)
  let flagged = 0
  for (const file of chosen) if ((await residualsOf(join(PHOTOS, file), {}, platform)).length > 0) flagged += 1
  console.log(`photos without plates: ${flagged} of ${chosen.length} flagged`)
}

async function residualsOf(path: string, params: object, platform: Platform): Promise<readonly Quad[]> {
  const inputs = { image: new Uint8Array(readFileSync(path)) }
  const outcome = await execute({ tool: 'cover-plates', inputs, params }, platform, unhindered)
  return outcome.ok ? (outcome.value.data.residuals as Residual[]).map(toQuad) : []
}

const leftHalf = ([x1, y1, x2, y2, x3, y3, x4, y4]: Quad): Quad => [
  ...[x1, y1, (x1 + x2) / 2, (y1 + y2) / 2],
  ...[(x3 + x4) / 2, (y3 + y4) / 2, x4, y4],
]

const toCorners = ([x1, y1, x2, y2, x3, y3, x4, y4]: Quad) => ({ x1, y1, x2, y2, x3, y3, x4, y4 })
