import { describe, expect, test } from 'vitest'
import type { PointCloud } from '../../../core/cloud'
import { ToolError } from '../../../core/errors'
import { check, run } from '../../../operators/match-surface/run'
import { matchSurface } from '../../../operators/match-surface/spec'
import { testContext } from '../../support'
import {
  ball,
  bottle,
  box,
  cloud,
  difference,
  fromAbove,
  moved,
  noisy,
  pebble,
  placed,
  pointsOf,
  table,
  together,
  withoutNormals,
} from './shapes'

const match = async (model_file: PointCloud, scene_file: PointCloud, params: Record<string, unknown> = {}) =>
  (await run({ model_file, scene_file }, matchSurface.params.parse(params), testContext())).data

const pose = placed([1, 2, 0.5], 130, [40, -25, 90])
const clutter = () =>
  together(
    table(0),
    moved(box(), placed([0, 1, 3], 70, [-95, 60, 70])),
    moved(ball(), placed([1, 0, 0], 0, [70, 100, 50])),
  )
const seenFromAbove = () => fromAbove(together(clutter(), moved(pebble(), pose)))

describe('an object that is there', () => {
  test('is found among others on a table, seen from one side', async () => {
    const found = await match(pebble(), seenFromAbove())
    expect(found.poses_found).toBe(1)
    expect(difference(found.poses[0].matrix, pose).degrees).toBeLessThan(1)
    expect(difference(found.poses[0].matrix, pose).distance).toBeLessThan(1)
    expect(found.pose).toEqual(found.poses[0].matrix)
  })

  test('is found in a scan from all sides', async () => {
    const found = await match(pebble(), moved(pebble(), pose))
    expect(difference(found.poses[0].matrix, pose).degrees).toBeLessThan(1)
    expect(found.poses[0].score).toBeGreaterThan(0.8)
    expect(found.poses[0].agreement).toBeNull()
  })

  test('is found in noise', async () => {
    const found = await match(pebble(), noisy(seenFromAbove(), 1, 3))
    expect(difference(found.poses[0].matrix, pose).degrees).toBeLessThan(3)
    expect(found.icp_residual).toBeGreaterThan(0.1)
  })

  test('is found roughly without refinement', async () => {
    const found = await match(pebble(), seenFromAbove(), { use_icp: false })
    expect(difference(found.poses[0].matrix, pose).degrees).toBeLessThan(10)
    expect(found.icp_curve).toEqual([])
  })

  test('is found more closely with refinement, whose residual falls', async () => {
    const { icp_curve, icp_residual } = await match(pebble(), seenFromAbove())
    expect(icp_residual).toBeLessThan(icp_curve[0])
  })

  test('comes closer to the truth from being voted for to being refined', async () => {
    const { matrix, stages } = (await match(pebble(), seenFromAbove())).poses[0]
    const [voted, verified, refined] = [stages.voted, stages.verified, matrix].map((m) => difference(m, pose).degrees)
    expect(voted).toBeLessThan(25)
    expect(verified).toBeLessThan(voted)
    expect(refined).toBeLessThanOrEqual(verified)
  })

  test('is found whatever the unit of length', async () => {
    const scaled = (from: PointCloud, by: number) =>
      cloud(pointsOf(from).map(({ place: [x, y, z], normal }) => ({ place: [x * by, y * by, z * by], normal })))
    const found = await match(scaled(pebble(), 1e-3), scaled(seenFromAbove(), 1e-3))
    expect(difference(found.poses[0].matrix, pose).degrees).toBeLessThan(1)
  })

  test('is found when one stray point lies far away', async () => {
    const stray = cloud([{ place: [3e6, -2e6, 1e6], normal: [0, 0, 1] }])
    const found = await match(pebble(), together(seenFromAbove(), stray))
    expect(difference(found.poses[0].matrix, pose).degrees).toBeLessThan(1)
  })

  test('is found far from the origin of the file', async () => {
    const far: PointCloud = { ...seenFromAbove(), origin: [5e6, 4e5, 100] }
    const { matrix } = (await match(pebble(), far)).poses[0]
    const [x, y, z] = [0, 1, 2].map((row) => matrix[row][3])
    expect(Math.hypot(x - 5e6 - pose[3], y - 4e5 - pose[7], z - 100 - pose[11])).toBeLessThan(1)
  })

  test('is found twice when it stands there twice', async () => {
    const other = placed([0, 1, 1], 40, [-90, 80, 80])
    const scene = fromAbove(together(table(0), moved(pebble(), pose), moved(pebble(), other)))
    const found = await match(pebble(), scene)
    expect(found.poses_found).toBe(2)
    for (const truth of [pose, other]) {
      expect(Math.min(...found.poses.map(({ matrix }) => difference(matrix, truth).degrees))).toBeLessThan(2)
    }
  })
})

describe('an object that is not there', () => {
  test('is not found among others', async () => {
    const found = await match(pebble(), fromAbove(clutter()))
    expect(found).toMatchObject({ poses_found: 0, poses: [], pose: null, icp_residual: null })
  })

  test('is not found on a bare table', async () => {
    expect((await match(pebble(), table(0))).poses_found).toBe(0)
  })
})

describe('a symmetric object', () => {
  test('that is round about an axis is found once, its axis right', async () => {
    const found = await match(bottle(), fromAbove(together(table(-80), moved(bottle(), pose))))
    expect(found.poses_found).toBe(1)
    const { matrix } = found.poses[0]
    const axis = Math.abs(matrix[0][2] * pose[2] + matrix[1][2] * pose[6] + matrix[2][2] * pose[10])
    expect(axis).toBeGreaterThan(Math.cos((3 * Math.PI) / 180))
  })

  test('that is a ball is found in its place', async () => {
    const found = await match(ball(), fromAbove(together(table(0), moved(ball(), pose))))
    expect(found.poses_found).toBe(1)
    expect(difference(found.poses[0].matrix, pose).distance).toBeLessThan(1)
  })
})

describe('files without normals', () => {
  test('are matched once normals are estimated', async () => {
    const found = await match(withoutNormals(pebble()), withoutNormals(seenFromAbove()), { estimate_normals: true })
    expect(difference(found.poses[0].matrix, pose).degrees).toBeLessThan(5)
  })

  test('are estimated from wider neighbourhoods where points are sparse', async () => {
    const thin = (from: PointCloud, nth: number) => cloud(pointsOf(from).filter((_, i) => i % nth === 0))
    const [model, scene] = [thin(pebble(), 4), thin(moved(pebble(), pose), 4)]
    const found = await match(withoutNormals(model), withoutNormals(scene), { estimate_normals: true })
    expect(difference(found.poses[0].matrix, pose).degrees).toBeLessThan(3)
  })

  test('cannot be estimated for a handful of points, which is said of the right file', async () => {
    const few = cloud(pointsOf(pebble()).filter((_, i) => i % 400 === 0))
    await expect(match(pebble(), withoutNormals(few), { estimate_normals: true })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/^Scene: its points lie too far apart .*Give a denser file, or one with normals$/),
      issues: [{ path: ['scene_file'] }],
    })
  })

  test('are refused unless estimation is asked for', () => {
    const params = matchSurface.params.parse({})
    const inputs = { model_file: withoutNormals(pebble()), scene_file: seenFromAbove() }
    expect(() => check(inputs, params)).toThrow('Model: the file has no normals (nx, ny, nz); set estimate_normals')
    expect(() => check(inputs, { ...params, estimate_normals: true })).not.toThrow()
  })
})

describe('normals that point the wrong way', () => {
  const inwards = (from: PointCloud): PointCloud => ({ ...from, normals: from.normals?.map((part) => -part) ?? null })

  test('in the model are turned round', async () => {
    const found = await match(inwards(pebble()), seenFromAbove())
    expect(difference(found.poses[0].matrix, pose).degrees).toBeLessThan(1)
  })

  test('in a scan, away from the scanner at the origin, are turned round', async () => {
    const far = placed([0, 0, 1], 0, [0, 0, -5000])
    const found = await match(pebble(), inwards(moved(seenFromAbove(), far)))
    expect(difference(found.poses[0].matrix, pose).degrees).toBeLessThan(1)
  })
})

test('refuses a zero-length normal, naming its point and the field', () => {
  const inputs = { model_file: pebble(), scene_file: { ...seenFromAbove(), firstZeroNormal: 7 } }
  const refusal = catching(() => check(inputs, matchSurface.params.parse({})))
  expect(refusal.issues).toMatchObject([{ path: ['scene_file'], message: expect.stringContaining('point 7') }])
})

test('refuses clouds without extent and with hardly any points', () => {
  const spot = cloud(Array.from({ length: 20 }, () => ({ place: [1, 2, 3] as const, normal: [0, 0, 1] as const })))
  const few = cloud(pointsOf(pebble()).slice(0, 4))
  const params = matchSurface.params.parse({})
  expect(() => check({ model_file: spot, scene_file: pebble() }, params)).toThrow('all points are in one place')
  expect(() => check({ model_file: pebble(), scene_file: few }, params)).toThrow('4 points are too few')
})

test('duplicate points change nothing much', async () => {
  const scene = seenFromAbove()
  const found = await match(together(pebble(), pebble()), together(scene, scene))
  expect(difference(found.poses[0].matrix, pose).degrees).toBeLessThan(1)
})

test('gives the same answer every time', async () => {
  expect(await match(pebble(), seenFromAbove())).toEqual(await match(pebble(), seenFromAbove()))
})

test('stops at a checkpoint when it is canceled', async () => {
  let calls = 0
  const checkpoint = async () => {
    if (++calls === 5) throw new ToolError('canceled', 'Canceled')
  }
  const inputs = { model_file: pebble(), scene_file: seenFromAbove() }
  const running = run(inputs, matchSurface.params.parse({}), testContext({ checkpoint }))
  await expect(running).rejects.toMatchObject({ code: 'canceled' })
  expect(calls).toBe(5)
})

test('draws the found model in orange', async () => {
  const inputs = { model_file: pebble(), scene_file: seenFromAbove() }
  const { artefacts } = await run(inputs, matchSurface.params.parse({}), testContext())
  const { data } = artefacts.pose
  const orange = data.filter((red, i) => i % 4 === 0 && red > data[i + 2] + 60).length
  expect(orange).toBeGreaterThan(2000)
})

function catching(action: () => unknown): ToolError {
  try {
    action()
  } catch (error) {
    if (error instanceof ToolError) return error
  }
  throw new Error('nothing was refused')
}
