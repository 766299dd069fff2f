// `npm run bench surface`: our surface matching beside OpenCV's detector and ICP with one thread each, scene by scene, on
// generated scenes with known poses. EVERY=8 takes every eighth scene, OPENCV=0 leaves OpenCV out, SETS=dev,mid,hard says
// which scenes, MODELS=para,ogre of which models. All of dev and mid take about half an hour, nearly all of it OpenCV's.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { OrientedPoints } from '../../core/cloud'
import { alone } from '../../core/parallel'
import { type Found, find } from '../../operators/match-surface/find'
import { type TrainedModel, train } from '../../operators/match-surface/model'
import { matchSurface } from '../../operators/match-surface/spec'
import { type Cv2, startCv2 } from './cv2'
import { generate, modelFile, readPoints, type SceneInfo, type SceneSet, sceneFile } from './surface-scenes'

const SHARED = resolve(import.meta.dirname, '../../../shared/surface')
const EVERY = Number(process.env.EVERY ?? 1)
const SETS = (process.env.SETS ?? 'dev,mid').split(',')
const SOUGHT = process.env.MODELS?.split(',')
const PARAMS = matchSurface.params.parse({})
const RIGHT = { degrees: 10, share: 0.05 } // of the model's diameter

interface Pose {
  readonly degrees: number
  /** Distance from the true place, relative to the diameter. */
  readonly share: number
}

interface Side {
  readonly right: boolean
  readonly pose: Pose | null
  readonly cpuMs: number
}

interface Row {
  readonly scene: SceneInfo
  readonly ours: Side
  readonly theirs: Side | null
  /** Searches for models that are not there, and how many of them "found" one. */
  readonly absent: number
  readonly falseAccepts: number
}

interface Trained {
  readonly cloud: OrientedPoints
  readonly model: TrainedModel
}

async function main() {
  if (!existsSync(SHARED)) return console.log('The scans for this benchmark (../shared/surface) are not here: skipped.')
  const cv2 = process.env.OPENCV === '0' ? undefined : startCv2('../../../shared/surface/ocv_worker.py')
  if (!cv2) console.log('OpenCV is not asked (OPENCV=0, or no python3-opencv): only our own figures.')
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-surface-'))
  try {
    for (const name of SETS) await measureSet(generate(SHARED, folder, name), cv2)
  } finally {
    cv2?.stop()
    rmSync(folder, { recursive: true })
  }
}

const isSought = (model: string) => SOUGHT?.includes(model) ?? true

async function measureSet(set: SceneSet, cv2: Cv2 | undefined) {
  const models = new Map<string, Trained>()
  const training = { ours: 0, theirs: 0 }
  for (const name of set.models) {
    const cloud = readPoints(modelFile(set, name))
    const start = cpuMs()
    models.set(name, { cloud, model: train(cloud, PARAMS) })
    training.ours += cpuMs() - start
    const how = {
      sampling: PARAMS.relative_sampling_step,
      dist: PARAMS.relative_distance_step,
      angles: PARAMS.num_angles,
    }
    if (!isSought(name)) continue
    const answer = await cv2?.ask({ cmd: 'train', id: name, model: modelFile(set, name), ...how })
    training.theirs += answer?.train_cpu ?? 0
  }
  const rows: Row[] = []
  const scenes = set.scenes.filter(({ model }) => isSought(model)).filter((_, i) => i % EVERY === 0)
  for (const scene of scenes) rows.push(await measure(set, scene, models, cv2))
  report(set.name, rows, training)
}

async function measure(set: SceneSet, scene: SceneInfo, models: Map<string, Trained>, cv2?: Cv2): Promise<Row> {
  const points = readPoints(sceneFile(set, scene))
  const search = async (name: string): Promise<[found: Found, ms: number]> => {
    const { model, cloud } = models.get(name) as Trained
    const start = cpuMs()
    const found = await find(model, cloud, points, [0, 0, 0], PARAMS, alone, async () => {})
    return [found, cpuMs() - start]
  }
  const [{ poses }, ms] = await search(scene.model)
  const ours = side(poses[0] && [...poses[0].pose], scene, ms)
  const theirs = cv2 ? await askOpenCv(cv2, set, scene) : null
  let falseAccepts = 0
  const absent = set.models.filter((name) => name !== scene.model && !scene.others.includes(name))
  for (const name of absent) falseAccepts += (await search(name))[0].poses.length > 0 ? 1 : 0
  return { scene, ours, theirs, absent: absent.length, falseAccepts }
}

async function askOpenCv(cv2: Cv2, set: SceneSet, scene: SceneInfo): Promise<Side> {
  const question = { cmd: 'match', id: scene.model, scene: sceneFile(set, scene), step: 0.2, sdist: 0.05 }
  const answer = await cv2.ask({ ...question, iters: PARAMS.icp_iterations, tol: PARAMS.icp_tolerance })
  const [best] = (answer.icp_poses as unknown as number[][] | undefined) ?? []
  return side(best, scene, (answer.match_cpu ?? 0) + (answer.icp_cpu ?? 0))
}

function side(pose: readonly number[] | undefined, { gt, diag }: SceneInfo, ms: number): Side {
  if (!pose) return { right: false, pose: null, cpuMs: ms }
  let trace = 0
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) trace += gt[i * 4 + j] * pose[i * 4 + j]
  const degrees = (Math.acos(Math.max(-1, Math.min(1, (trace - 1) / 2))) * 180) / Math.PI
  const share = Math.hypot(gt[3] - pose[3], gt[7] - pose[7], gt[11] - pose[11]) / diag
  return { right: degrees < RIGHT.degrees && share < RIGHT.share, pose: { degrees, share }, cpuMs: ms }
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function report(name: string, rows: readonly Row[], training: { ours: number; theirs: number }) {
  const keyOf = ({ scene }: Row) => `${scene.kind}, noise ${scene.noise * 100} %`
  const conditions = [...new Set(rows.map(keyOf))].map(
    (key) => [key, rows.filter((row) => keyOf(row) === key)] as const,
  )
  console.log(
    `\n${name}: ${rows.length} scenes; right is within ${RIGHT.degrees}° and ${RIGHT.share * 100} % of the diameter`,
  )
  console.table(Object.fromEntries([...conditions, ['all', rows] as const].map(([key, part]) => [key, line(part)])))
  const theirs = training.theirs > 0 ? `, OpenCV ${(training.theirs / 1000).toFixed(1)} s` : ''
  console.log(`Training of all models: ours ${(training.ours / 1000).toFixed(2)} s${theirs}`)
}

function line(rows: readonly Row[]) {
  const right = rows.flatMap(({ ours }) => (ours.right && ours.pose ? [ours.pose] : []))
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0)
  const [ours, theirs] = [sum((row) => row.ours.cpuMs), sum((row) => row.theirs?.cpuMs ?? 0)]
  return {
    scenes: rows.length,
    right: right.length,
    wrong: rows.filter((row) => row.ours.pose && !row.ours.right).length,
    'median °': round(median(right.map(({ degrees }) => degrees))),
    'median % off': round(median(right.map(({ share }) => share * 100))),
    'false accepts': `${sum((row) => row.falseAccepts)} of ${sum((row) => row.absent)}`,
    'CPU ms': Math.round(ours / rows.length),
    ...(theirs > 0 && {
      'OpenCV right': rows.filter((row) => row.theirs?.right).length,
      'OpenCV CPU ms': Math.round(theirs / rows.length),
      'times less CPU': round(theirs / ours),
    }),
  }
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
const round = (value: number) => Math.round(value * 100) / 100

await main()
