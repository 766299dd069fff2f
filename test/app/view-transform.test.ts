import { expect, test } from 'vitest'
import {
  centreOn,
  fit,
  keepInSight,
  MAX_SCALE,
  MIN_SCALE,
  marked,
  pan,
  sees,
  zoomAt,
} from '../../app/canvas/view-transform'

const frame = { width: 800, height: 600 }
const at = ({ scale, x, y }: { scale: number; x: number; y: number }, px: number, py: number) => [
  px * scale + x,
  py * scale + y,
]

test('fits a large picture whole and centred, with a margin', () => {
  const picture = { width: 4000, height: 2000 }
  const view = fit(picture, frame)
  const [left, top] = at(view, 0, 0)
  const [right, bottom] = at(view, picture.width, picture.height)
  expect(left).toBeGreaterThan(0)
  expect(800 - right).toBeCloseTo(left, -1)
  expect(600 - bottom).toBeCloseTo(top, -1)
})

test('enlarges a small picture by a whole number, so that its pixels stay even', () => {
  expect(fit({ width: 100, height: 100 }, frame).scale).toBe(5)
  expect(fit({ width: 8, height: 8 }, frame).scale).toBe(8)
  expect(fit({ width: 700, height: 500 }, frame).scale).toBe(1)
})

test('zooming keeps the picture pixel under the pointer in its place', () => {
  const view = { scale: 0.5, x: 30, y: -40 }
  const point = { x: 200, y: 150 }
  const pixel = [(point.x - view.x) / view.scale, (point.y - view.y) / view.scale] as const
  const zoomed = zoomAt(view, 3.7, point)
  expect(at(zoomed, ...pixel)).toEqual([expect.closeTo(200, 8), expect.closeTo(150, 8)])
})

test('the scale stays within its bounds', () => {
  const view = { scale: 1, x: 0, y: 0 }
  expect(zoomAt(view, 1e9, { x: 0, y: 0 }).scale).toBe(MAX_SCALE)
  expect(zoomAt(view, 1e-9, { x: 0, y: 0 }).scale).toBe(MIN_SCALE)
})

test.each([
  [10_000, 10_000],
  [-10_000, -10_000],
  [10_000, -10_000],
])('a picture pushed by (%i, %i) can still be seen and grabbed', (dx, dy) => {
  const picture = { width: 300, height: 200 }
  const view = keepInSight(pan({ scale: 1, x: 0, y: 0 }, dx, dy), picture, frame)
  expect(view.x).toBeLessThan(frame.width)
  expect(view.y).toBeLessThan(frame.height)
  expect(view.x + picture.width).toBeGreaterThan(0)
  expect(view.y + picture.height).toBeGreaterThan(0)
})

test('a box out of sight is brought to the middle', () => {
  const box = { x: 2000, y: 1500, w: 40, h: 20 }
  const view = { scale: 2, x: 0, y: 0 }
  expect(sees(view, box, frame)).toBe(false)
  const moved = centreOn(view, box, frame)
  expect(sees(moved, box, frame)).toBe(true)
  expect(at(moved, box.x + 20, box.y + 10)).toEqual([400, 300])
})

test('marking gives whole pixels inside the picture, whichever way the pointer went', () => {
  const view = { scale: 2, x: 10, y: 20 }
  const picture = { width: 100, height: 50 }
  const box = { x: 5, y: 10, w: 20, h: 15 }
  expect(marked(view, { x: 20, y: 40 }, { x: 60, y: 70 }, picture)).toEqual(box)
  expect(marked(view, { x: 60, y: 70 }, { x: 20, y: 40 }, picture)).toEqual(box)
  expect(marked(view, { x: -500, y: -500 }, { x: 900, y: 900 }, picture)).toEqual({ x: 0, y: 0, w: 100, h: 50 })
  expect(marked(view, { x: 20, y: 40 }, { x: 21, y: 90 }, picture)).toBeUndefined()
})
