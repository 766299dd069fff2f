import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Raster } from '../../core/raster'
import { type Detector, darkroomPlates } from '../../operators/cover-plates/detect'
import { findPlates } from '../../operators/cover-plates/find'
import type { Detection } from '../../operators/cover-plates/nms'
import { sides } from '../../operators/cover-plates/quad'
import { viewsOf } from '../../operators/cover-plates/views'
import type { Platform } from '../../operators/execute'
import { benchPlatform, unhindered } from './plates-host'
import { type Label, PLATES, plateLabels } from './plates-labels'
import { cornerErrors, type Labelled, recall, thresholdAt } from './plates-metrics'
import { openPeer } from './plates-peer'

/** Boxes by file, beside what the labels have. */
const UNLISTED: Readonly<Record<string, readonly (readonly number[])[]>> = JSON.parse(
  readFileSync('models/training/unlisted.json', 'utf8'),
)
const PEER = process.env.PEER ?? '../shared/models/hyperlpr3_y5fu_640x_sim.onnx'

/** Sources that training never saw: those with boxes measure recall, the one with clicked corners measures corners. */
const RECALL = ['world_kaggle433', 'in_kaggle_v3']
const CORNERS = 'eg_moto'
const RATE = Number(process.env.RATE ?? 0.1)
const LOWEST = 0.02
const SIDE = 640

const HEIGHTS = [0, 16, 32, 64, Number.POSITIVE_INFINITY]
const ANGLES = [0, 10, 20, 30, 91]

export async function printRecall(): Promise<void> {
  const labels = plateLabels()
  if (labels.length === 0) return console.log(`There are no labelled photos in ${PLATES}.`)
  const every = Number(process.env.EVERY ?? 1) // for a quick look
  const chosen = labels.filter(({ source }, i) => [...RECALL, CORNERS].includes(source) && i % every === 0)
  const platform = await benchPlatform()
  const ours = await report('ours', darkroomPlates, platform, chosen)
  const peer = existsSync(PEER) ? await openPeer(PEER) : undefined
  if (!peer) return console.log(`There is no peer at ${PEER}.`)
  const theirs = await report('peer (HyperLPR y5fu)', peer.detector, { ...platform, models: peer.models }, chosen)
  const worse = Object.keys(ours).filter((split) => (ours[split] ?? 0) < (theirs[split] ?? 0))
  console.log(`\nours is behind the peer on: ${worse.join(', ') || 'no split'}`)
}

async function report(
  name: string,
  detector: Detector,
  { models, codec, limits }: Platform,
  labels: readonly Label[],
): Promise<Record<string, number | undefined>> {
  const found: (Labelled & Pick<ReturnType<typeof toLabelled>, 'known'>)[] = []
  for (const label of labels) {
    const bytes = new Uint8Array(readFileSync(join(PLATES, label.file)))
    const picture = await codec.decode(bytes, limits)
    found.push({ ...toLabelled(label), detections: await search(picture, detector, models) })
  }
  const judged = found.filter(({ source }) => RECALL.includes(source))
  const cornered = found.filter(({ source }) => source === CORNERS)
  const threshold = thresholdAt(judged, RATE)
  console.log(`\n${name}: threshold ${threshold.toFixed(3)} at ${RATE} false alarms a photo, ${judged.length} photos`)
  const splits: Record<string, number | undefined> = {}
  const say = (split: string, photos: readonly Labelled[], keep: Parameters<typeof recall>[2] = () => true) => {
    const { share, count } = recall(photos, threshold, keep)
    splits[split] = share
    console.log(`  recall ${split.padEnd(22)} ${share === undefined ? '  –  ' : share.toFixed(3)}  of ${count}`)
  }
  say('overall', judged)
  for (const source of RECALL)
    say(
      source,
      judged.filter((photo) => photo.source === source),
    )
  for (const [low, high] of pairs(HEIGHTS))
    say(`height ${low}..${high} px`, judged, ({ height }) => height >= low && height < high)
  for (const [low, high] of pairs(ANGLES))
    say(`${CORNERS} ${low}..${high}°`, cornered, ({ angle, exact }) => exact && angle >= low && angle < high)
  const fair = found.map((photo) => ({ ...photo, unlisted: photo.known }))
  const fairly = fair.filter(({ source }) => RECALL.includes(source))
  const { share, count } = recall(fairly, thresholdAt(fairly, RATE), () => true)
  console.log(`  recall ${'without unlisted'.padEnd(22)} ${share?.toFixed(3)}  of ${count}`)
  const errors = cornerErrors(cornered, threshold)
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
  console.log(
    `  mean corner error ${errors.length > 0 ? (100 * mean).toFixed(2) : '–'} % of the plate’s width, ${errors.length} plates of ${CORNERS}`,
  )
  return splits
}

async function search(picture: Raster, detector: Detector, models: Platform['models']): Promise<readonly Detection[]> {
  const views = viewsOf(picture, 'off')
  const square = { ...views[0], input: { width: SIDE, height: SIDE } } // the peer takes nothing else
  const options = { views: detector === darkroomPlates ? views : [square], lowest: LOWEST, checkpoint: unhindered }
  return findPlates(picture, detector, options, { models })
}

function toLabelled({ file, plates, kinds, source, width, height }: Label) {
  const scale = SIDE / Math.max(width, height)
  const known = (UNLISTED[basename(file)] ?? []).map(([x0, y0, x1, y1]) => [x0, y0, x1, y0, x1, y1, x0, y1])
  return {
    source,
    known,
    unlisted: [],
    plates: plates.map((quad, i) => ({
      quad,
      exact: kinds[i] === 'true4',
      height: sides(quad).height * scale,
      angle: (Math.atan2(Math.abs(quad[3] - quad[1]), Math.abs(quad[2] - quad[0])) * 180) / Math.PI,
    })),
  }
}

const pairs = (edges: readonly number[]) => edges.slice(0, -1).map((low, i) => [low, edges[i + 1]] as const)
