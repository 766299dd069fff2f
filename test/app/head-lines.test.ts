import { describe, expect, test } from 'vitest'
import { type Angles, headLines } from '../../app/panel/head-lines'

const straight: Angles = { yaw: 0, pitch: 0, roll: 0 }
const points = (path: string) =>
  [...path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const)
const tip = (angles: Partial<Angles>) => points(headLines({ ...straight, ...angles }).nose)[1]

describe('the drawing of a head', () => {
  test('has its nose in the middle when it looks at us', () => {
    expect(tip({})[0]).toBeCloseTo(0, 3)
  })

  test('has its nose to the left of the picture at positive yaw, and higher at positive pitch', () => {
    expect(tip({ yaw: 40 })[0]).toBeLessThan(-0.5)
    expect(tip({ yaw: -40 })[0]).toBeGreaterThan(0.5)
    expect(tip({ pitch: 30 })[1]).toBeLessThan(tip({})[1] - 0.3)
  })

  test('tilts clockwise at positive roll: the line through the eyes falls to the right', () => {
    const eyes = points(headLines({ ...straight, roll: 20 }).lines[1])
    const [left, right] = [eyes[0], eyes[eyes.length - 1]]
    expect(right[1] - left[1]).toBeGreaterThan(0.3)
  })

  test('stays within its frame however the head is turned, and leaves out what lies behind', () => {
    for (let yaw = -90; yaw <= 90; yaw += 30) {
      for (let pitch = -60; pitch <= 60; pitch += 30) {
        const { outline, lines, nose } = headLines({ yaw, pitch, roll: 25 })
        const all = [outline, ...lines, nose].flatMap(points).flat()
        expect(Math.max(...all.map(Math.abs))).toBeLessThan(1.35)
      }
    }
    const middle = (yaw: number) => points(headLines({ ...straight, yaw }).lines[2]).length
    expect(middle(85)).toBeLessThan(middle(0))
  })
})
