import { expect, test } from 'vitest'
import { COSINE_SCALE, frameOf, turnOf } from '../../../operators/match-surface/features'
import { Booth } from '../../../operators/match-surface/kernel'
import { train } from '../../../operators/match-surface/model'
import { bucketsAround, pointGrid } from '../../../operators/match-surface/point-grid'
import { voxelSample } from '../../../operators/match-surface/voxels'
import { box, moved, pebble, placed, together } from './shapes'

const oriented = ({ count, positions, normals }: ReturnType<typeof pebble>) => ({
  count,
  positions,
  normals: normals ?? new Float32Array(count * 3),
})

test.each([30, 7, 64])('the kernel counts the votes of the textbook, at %i turns', (num_angles) => {
  const { points, table, diameter, step } = train(oriented(pebble()), {
    relative_sampling_step: 0.08,
    relative_distance_step: 0.05,
    num_angles,
  })
  const scene = voxelSample(oriented(together(moved(pebble(), placed([1, 2, 3], 40, [9, 8, 7])), box())), step)
  const [shortest, longest] = [table.bins.distanceStep / 2, 0.6 * diameter]
  const grid = pointGrid(scene.positions, longest)
  const booth = new Booth({ shortest, longest, scene, table, modelPoints: points.count, grid })
  const { turns, angles, angleByCosine, distanceStep } = table.bins

  for (let i = 0; i < scene.count; i += 50) {
    const place = (k: number) => scene.positions.subarray(3 * k, 3 * k + 3)
    const normal = (k: number) => scene.normals.subarray(3 * k, 3 * k + 3)
    const [nx, ny, nz] = normal(i)
    frameOf(nx, ny, nz, booth.frame)
    const [x, y, z] = place(i)
    const found = bucketsAround(grid, x, y, z, booth.buckets)

    const expected = new Uint16Array(points.count * turns)
    const voted = new Set<string>()
    for (const bucket of booth.buckets.subarray(0, found)) {
      for (const j of grid.items.subarray(grid.starts[bucket], grid.starts[bucket + 1])) {
        const [dx, dy, dz] = [0, 1, 2].map((axis) => place(j)[axis] - place(i)[axis])
        const distance = Math.sqrt(dx * dx + dy * dy + dz * dz)
        if (distance > longest || distance < shortest) continue
        const [mx, my, mz] = normal(j)
        const bin = (cosine: number) => angleByCosine[Math.trunc((cosine + 1) * COSINE_SCALE)]
        const [first, second] = [(nx * dx + ny * dy + nz * dz) / distance, (mx * dx + my * dy + mz * dz) / distance]
        const between = nx * mx + ny * my + nz * mz
        const step = Math.trunc(distance / distanceStep)
        const key = ((step * angles + bin(first)) * angles + bin(second)) * angles + bin(between)
        const [ux, uy, uz, vx, vy, vz] = booth.frame
        const turn = turnOf(dx * ux + dy * uy + dz * uz, dx * vx + dy * vy + dz * vz)
        const once = `${key} ${turn >>> 11}`
        if (key >= table.starts.length - 1 || voted.has(once)) continue
        voted.add(once)
        for (const entry of table.entries.subarray(table.starts[key], table.starts[key + 1])) {
          const apart = (turn - (entry & 0xffff) + 65536) % 65536
          expected[(entry >>> 16) * turns + Math.floor((apart * turns) / 65536)]++
        }
      }
    }
    booth.cast(i, found)
    expect(booth.votes).toEqual(expected)
    const maxima = Array.from({ length: points.count }, (_, p) =>
      Math.max(...expected.subarray(p * turns, (p + 1) * turns)),
    )
    expect([...booth.maxima()]).toEqual(maxima)
  }
})
