/**
 * Degrees. Yaw is positive when the face is turned to the left of the picture, pitch when it looks up, roll when the
 * head is tilted clockwise.
 */
export interface Angles {
  readonly yaw: number
  readonly pitch: number
  readonly roll: number
}

type Point = readonly [x: number, y: number, z: number]

const RADII: Point = [0.78, 1.05, 0.85] // of a head, in units of the drawing
const STEPS = 24

/** An ellipsoid with the lines of the face on it, as SVG paths: x to the right, y down, within ±1.3. */
export function headLines(angles: Angles): { outline: string; lines: string[]; nose: string } {
  const turn = rotation(angles)
  const onFace = (across: number, up: number): Point =>
    turn([
      RADII[0] * Math.sin(across) * Math.cos(up),
      -RADII[1] * Math.sin(up),
      RADII[2] * Math.cos(across) * Math.cos(up),
    ])
  const arc = (at: (part: number) => Point) => path(Array.from({ length: STEPS + 1 }, (_, i) => at(i / STEPS - 0.5)))
  return {
    outline: outlineOf(turn),
    lines: [
      arc((part) => onFace(0, part * Math.PI)), // down the middle
      arc((part) => onFace(part * Math.PI, 0.18)), // through the eyes
      arc((part) => onFace(part * 0.7, -0.62)), // the mouth
    ],
    nose: path([onFace(0, 0.12), turn([0, 0.2, RADII[2] + 0.32]), onFace(0, -0.28)]),
  }
}

/** The rim of the turned ellipsoid as seen from the front: the projection of an ellipsoid is an ellipse. */
function outlineOf(turn: (point: Point) => Point): string {
  const axes = ([0, 1, 2] as const).map((axis) => {
    const point = [0, 0, 0] as [number, number, number]
    point[axis] = RADII[axis]
    return turn(point)
  })
  const rim = Array.from({ length: 2 * STEPS + 1 }, (_, i): Point => {
    const angle = (i / STEPS) * Math.PI
    const [u, v] = [Math.cos(angle), Math.sin(angle)]
    const along = axes.map(([x, y]) => x * u + y * v)
    const reach = Math.hypot(...along)
    const sum = (k: 0 | 1) => axes.reduce((total, axis, index) => total + (axis[k] * along[index]) / reach, 0)
    return [sum(0), sum(1), 1]
  })
  return path(rim)
}

/** First nod, then turn, then tilt, with z towards the viewer. */
function rotation({ yaw, pitch, roll }: Angles): (point: Point) => Point {
  const [sy, cy] = sinCos(-yaw)
  const [sp, cp] = sinCos(pitch)
  const [sr, cr] = sinCos(roll)
  return ([x, y, z]) => {
    const [y1, z1] = [y * cp - z * sp, y * sp + z * cp]
    const [x2, z2] = [x * cy + z1 * sy, z1 * cy - x * sy]
    return [x2 * cr - y1 * sr, x2 * sr + y1 * cr, z2]
  }
}

const sinCos = (degrees: number): [number, number] => {
  const angle = (degrees * Math.PI) / 180
  return [Math.sin(angle), Math.cos(angle)]
}

/** What lies behind the head is left out. */
function path(points: readonly Point[]): string {
  let drawing = false
  return points
    .map(([x, y, z]) => {
      const step = z >= 0 ? `${drawing ? 'L' : 'M'}${x.toFixed(3)} ${y.toFixed(3)}` : ''
      drawing = z >= 0
      return step
    })
    .join('')
}
