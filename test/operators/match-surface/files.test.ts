import { expect, test } from 'vitest'
import { execute, inspect } from '../../../operators/execute'
import { plainPlatform } from '../../workers/plain-codec'
import { type cloud, difference, moved, pebble, placed, pointsOf } from './shapes'

type Cloud = ReturnType<typeof cloud>

/** As a scanner would write it. */
function ply(from: Cloud, header = ['x', 'y', 'z', 'nx', 'ny', 'nz']): Uint8Array<ArrayBuffer> {
  const lines = pointsOf(from).map(({ place, normal }) => [...place, ...normal].slice(0, header.length).join(' '))
  const properties = header.map((name) => `property float ${name}`)
  const head = ['ply', 'format ascii 1.0', `element vertex ${from.count}`, ...properties, 'end_header']
  return new TextEncoder().encode(`${[...head, ...lines].join('\n')}\n`)
}

const breathe = async () => {}
const call = (model_file: Uint8Array<ArrayBuffer>, scene_file: Uint8Array<ArrayBuffer>, params = {}) => ({
  tool: 'surface',
  inputs: { model_file, scene_file },
  params,
})

test('matches two PLY files through the door that hosts use', async () => {
  const truth = placed([1, 0, 2], 75, [300, 20, -40])
  const outcome = await execute(call(ply(pebble()), ply(moved(pebble(), truth))), plainPlatform, breathe)
  if (!outcome.ok) throw new Error(outcome.message)
  expect(difference(outcome.value.data.pose as number[][], truth).degrees).toBeLessThan(1)
  expect(outcome.value.data).toMatchObject({ poses_found: 1, num_model_points: 6000, num_scene_points: 6000 })
  expect(outcome.value.sizes.scene_file).toEqual({ width: 6000, height: 1 })
  expect(outcome.value.files.map(({ name }) => name)).toEqual(['pose.png'])
})

test('draws a thumbnail of each cloud before a task is accepted', async () => {
  const outcome = await inspect(call(ply(pebble()), ply(pebble())), plainPlatform)
  expect(outcome).toMatchObject({
    ok: true,
    value: { thumbnails: { model_file: expect.any(Uint8Array), scene_file: expect.any(Uint8Array) } },
  })
})

test('refuses pictures in place of clouds, naming both files', async () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])
  expect(await inspect(call(png, png), plainPlatform)).toMatchObject({
    ok: false,
    code: 'unreadable',
    issues: [
      { path: ['model_file'], message: 'Model: This is not a PLY file: its first line is not "ply"' },
      { path: ['scene_file'], message: 'Scene: This is not a PLY file: its first line is not "ply"' },
    ],
  })
})

test('refuses files without normals before a task is accepted, unless they are to be estimated', async () => {
  const bare = ply(pebble(), ['x', 'y', 'z'])
  expect(await inspect(call(bare, ply(pebble())), plainPlatform)).toMatchObject({
    ok: false,
    issues: [{ path: ['model_file'], message: expect.stringContaining('estimate_normals') }],
  })
  expect(await inspect(call(bare, bare, { estimate_normals: true }), plainPlatform)).toMatchObject({ ok: true })
})

test('refuses steps out of range, naming each', async () => {
  const wrong = { relative_sampling_step: 0.001, num_angles: 0, icp_tolerance: 0, icp_iterations: 2000 }
  const outcome = await inspect(call(ply(pebble()), ply(pebble()), wrong), plainPlatform)
  expect(outcome.ok ? [] : outcome.issues.map(({ path }) => path[0]).sort()).toEqual(Object.keys(wrong).sort())
})
