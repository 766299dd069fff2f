export type Point = readonly [x: number, y: number]

/** `[a, b, tx, c, d, ty]`: (x, y) goes to (a·x + b·y + tx, c·x + d·y + ty). */
export type Affine = readonly [number, number, number, number, number, number]

/**
 * The turn, scale and shift that carries points closest to their targets, in the least squares sense.
 *
 * @param from two or more points that do not coincide
 * @see Umeyama, "Least-squares estimation of transformation parameters between two point patterns", PAMI 1991
 */
export function similarity(from: readonly Point[], to: readonly Point[]): Affine {
  const [fromX, fromY] = centroid(from)
  const [toX, toY] = centroid(to)
  let [along, across, spread] = [0, 0, 0]
  for (const [i, [px, py]] of from.entries()) {
    const [x, y, u, v] = [px - fromX, py - fromY, to[i][0] - toX, to[i][1] - toY]
    along += x * u + y * v
    across += x * v - y * u
    spread += x * x + y * y
  }
  // Points on one spot say nothing about turn and scale.
  const [a, c] = spread > 0 ? [along / spread, across / spread] : [1, 0]
  return [a, -c, toX - a * fromX + c * fromY, c, a, toY - c * fromX - a * fromY]
}

function centroid(points: readonly Point[]): Point {
  const sum = points.reduce<Point>(([x, y], [px, py]) => [x + px, y + py], [0, 0])
  return [sum[0] / points.length, sum[1] / points.length]
}
