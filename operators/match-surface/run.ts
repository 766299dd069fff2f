import { boundsOf, type OrientedPoints, type PointCloud } from '../../core/cloud'
import { fieldError, type Values } from '../../core/errors'
import type { Check, Run } from '../../core/operator'
import type { Confirmed } from './confirm'
import { drawPoses } from './draw-pose'
import { find } from './find'
import { train } from './model'
import { eyeOf, looksAway, looksInwards, orient, reversed } from './orient'
import type { Rigid } from './rigid'
import type { matchSurface } from './spec'

const MOST_VOTES = 24 // bars in the page's histogram

/** @throws ToolError invalid-input when a cloud has no usable normals and none are to be estimated, or has no extent */
export const check: Check<typeof matchSurface> = ({ model_file, scene_file }, { estimate_normals }) => {
  for (const [field, title, cloud] of [
    ['model_file', 'Model', model_file],
    ['scene_file', 'Scene', scene_file],
  ] as const) {
    const wrong = (estimate_normals ? undefined : wrongNormals(cloud)) ?? wrongExtent(cloud)
    if (wrong) throw fieldError('invalid-input', field, `${title}: ${wrong.message}`, wrong.type, wrong.ctx)
  }
}

interface Wrong {
  readonly type: string
  readonly message: string
  readonly ctx?: Values
}

function wrongNormals({ normals, firstZeroNormal }: PointCloud): Wrong | undefined {
  const remedy = 'set estimate_normals to true to work them out from the points'
  if (!normals) return { type: 'normals_missing', message: `the file has no normals (nx, ny, nz); ${remedy}` }
  if (firstZeroNormal === null) return undefined
  const message = `the normal of point ${firstZeroNormal} has zero length; ${remedy}`
  return { type: 'normal_zero', message, ctx: { point: firstZeroNormal } }
}

const FEWEST_POINTS = 10

function wrongExtent(cloud: PointCloud): Wrong | undefined {
  if (cloud.count < FEWEST_POINTS) {
    const message = `${cloud.count} points are too few; at least ${FEWEST_POINTS} are needed`
    return { type: 'points_too_few', message, ctx: { count: cloud.count, least: FEWEST_POINTS } }
  }
  return boundsOf(cloud).diagonal > 0
    ? undefined
    : { type: 'points_in_one_place', message: 'all points are in one place' }
}

/** The clouds with normals that seem to point the wrong way reversed; undefined when all seem right. */
function turnedRound({ model, scene }: Clouds, eye: readonly [number, number, number]): Clouds | undefined {
  const [inwards, away] = [looksInwards(model), looksAway(scene, eye)]
  if (!inwards && !away) return undefined
  return { model: inwards ? reversed(model) : model, scene: away ? reversed(scene) : scene }
}

interface Clouds {
  readonly model: OrientedPoints
  readonly scene: OrientedPoints
}

/** Finds where `model_file` stands in `scene_file`, by votes of point pairs that the scene then has to confirm. */
export const run: Run<typeof matchSurface> = async ({ model_file, scene_file }, params, { parallel, checkpoint }) => {
  const clouds = orient(model_file, scene_file)
  const eye = eyeOf(scene_file)
  const search = async (from: OrientedPoints, within: OrientedPoints) => {
    const model = train(from, params)
    await checkpoint(0, 1)
    return { ...(await find(model, from, within, eye, params, parallel, checkpoint)), model }
  }
  const straight = await search(clouds.model, clouds.scene)
  const turned = straight.poses.length > 0 ? undefined : turnedRound(clouds, eye)
  const { poses, examined, samples, model } = turned ? await search(turned.model, turned.scene) : straight
  const camera = samples.map?.camera ?? null
  const matrix = (pose: Rigid) => matrixOf(pose, model_file, scene_file)
  const placed = poses.map(({ pose }) => pose)
  return {
    data: {
      pose: poses[0] ? matrix(poses[0].pose) : null,
      poses_found: poses.length,
      num_model_points: model_file.total,
      num_scene_points: scene_file.total,
      icp_residual: poses[0]?.residual ?? null,
      poses: poses.map((pose) => describe(pose, matrix)),
      votes: examined.slice(0, MOST_VOTES).map(({ votes }) => votes),
      icp_curve: [...(poses[0]?.curve ?? [])],
    },
    artefacts: { pose: drawPoses(clouds.scene, clouds.model, placed, camera, model.diameter) },
    backend: 'JavaScript, WASM SIMD',
  }
}

function describe(found: Confirmed, matrix: (pose: Rigid) => number[][]) {
  const { pose, score, sight, residual, votes, voted, clustered, verified } = found
  const agreement = sight ? sight.seen / (sight.seen + sight.contradicted) : null
  const stages = { voted: matrix(voted), clustered: matrix(clustered), verified: matrix(verified) }
  return { matrix: matrix(pose), score, agreement, residual, votes, stages }
}

/** 4×4 in the coordinates of the files: the clouds are kept relative to their own origins. */
function matrixOf(m: Rigid, { origin: from }: PointCloud, { origin: to }: PointCloud): number[][] {
  const rows = [0, 1, 2].map((row) => {
    const [a, b, c, t] = [m[row * 4], m[row * 4 + 1], m[row * 4 + 2], m[row * 4 + 3]]
    return [a, b, c, t + to[row] - a * from[0] - b * from[1] - c * from[2]]
  })
  return [...rows, [0, 0, 0, 1]]
}
