type Vector = readonly [number, number, number]

const CELLS = 12 // along each axis, for counting directions
const LEAST_SHARE = 0.2 // of all points
const SPREAD = Math.cos((12 * Math.PI) / 180)
const UPRIGHT = Math.cos((80 * Math.PI) / 180) // from the scanner's own up, which is -y

/**
 * Which way is up, by what most surfaces face: a table, a floor.
 *
 * @param normals unit length, `3 * count`
 * @returns unit length; undefined when no direction stands out, or the one that does is a wall's
 */
export function ground(normals: Float32Array | null): Vector | undefined {
  if (!normals || normals.length === 0) return undefined
  const mode = commonest(normals)
  const sum = [0, 0, 0]
  let count = 0
  for (let i = 0; i < normals.length; i += 3) {
    if (normals[i] * mode[0] + normals[i + 1] * mode[1] + normals[i + 2] * mode[2] < SPREAD) continue
    for (let axis = 0; axis < 3; axis++) sum[axis] += normals[i + axis]
    count++
  }
  const length = Math.hypot(...sum)
  const up: Vector = [sum[0] / length, sum[1] / length, sum[2] / length]
  return count * 3 >= LEAST_SHARE * normals.length && -up[1] > UPRIGHT ? up : undefined
}

/** The mean direction of the fullest cell. */
function commonest(normals: Float32Array): Vector {
  const cells = new Map<number, [number, number, number, number]>()
  let fullest: [number, number, number, number] = [0, 0, 0, 0]
  for (let i = 0; i < normals.length; i += 3) {
    const [x, y, z] = [normals[i], normals[i + 1], normals[i + 2]]
    const cell = [x, y, z].reduce((key, v) => key * CELLS + Math.min(CELLS - 1, Math.floor(((v + 1) / 2) * CELLS)), 0)
    const sum = cells.get(cell) ?? [0, 0, 0, 0]
    cells.set(cell, sum)
    sum[0] += x
    sum[1] += y
    sum[2] += z
    sum[3]++
    if (sum[3] > fullest[3]) fullest = sum
  }
  const length = Math.hypot(fullest[0], fullest[1], fullest[2]) || 1
  return [fullest[0] / length, fullest[1] / length, fullest[2] / length]
}
