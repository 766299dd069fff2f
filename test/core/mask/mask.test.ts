import { describe, expect, test } from 'vitest'
import { beginDraft, finishDraft, inverted, lay, merged } from '../../../core/mask/draft'
import { feathered } from '../../../core/mask/feather'
import { flood } from '../../../core/mask/flood'
import { boundsOf, emptyMask, isEmpty, type Mask, shareOf, TILE } from '../../../core/mask/mask'
import { maskFromPlane, maskOfPicture, pictureOfMask, planeOf, resizedMask } from '../../../core/mask/plane'
import { polygonShape, rectangleShape, type Shape, strokeShape } from '../../../core/mask/shapes'
import type { Raster, Size } from '../../../core/raster'
import { seeded } from '../../support'

/** Larger than a tile in both directions, and no multiple of one. */
const size: Size = { width: 300, height: 280 }

function drawn(mask: Mask, { region, cover }: Shape, change: 'add' | 'remove' = 'add'): Mask {
  const draft = beginDraft(mask)
  lay(draft, region, cover, change)
  return finishDraft(draft)
}

const at = (mask: Mask, x: number, y: number) => planeOf(mask, { x, y, w: 1, h: 1 })[0]

/** A small mask as text: `#` where all is marked, `+` where some is. */
const written = (mask: Mask) => {
  const plane = planeOf(mask)
  return Array.from({ length: mask.height }, (_, y) =>
    [...plane.subarray(y * mask.width, (y + 1) * mask.width)]
      .map((value) => (value === 255 ? '#' : value > 0 ? '+' : '.'))
      .join(''),
  )
}

const board = (...lines: string[]): Raster => {
  const data = new Uint8ClampedArray(lines.flatMap((line) => [...line].flatMap((c) => [Number(c) * 20, 0, 0, 255])))
  return { width: lines[0].length, height: lines.length, data }
}

describe('a stroke', () => {
  test('covers every pixel within its radius of the way, also from one tile to the next', () => {
    const mask = drawn(emptyMask(size), strokeShape({ x: 200, y: 100, radius: 8 }, { x: 290, y: 100, radius: 8 }, 1))
    for (const x of [200, TILE - 1, TILE, 290]) expect([at(mask, x, 93), at(mask, x, 106)]).toEqual([255, 255])
    for (const x of [200, TILE - 1, TILE, 290]) expect([at(mask, x, 90), at(mask, x, 110)]).toEqual([0, 0])
    expect(mask.tiles.size).toBe(2)
  })

  test('has the area of what it draws', () => {
    const disc = drawn(emptyMask(size), strokeShape({ x: 99, y: 99, radius: 40 }, { x: 99, y: 99, radius: 40 }, 1))
    expect(shareOf(disc) * size.width * size.height).toBeCloseTo(Math.PI * 40 ** 2, -1.5)
  })

  test('of a soft brush fades from the middle to the rim', () => {
    const dab = { x: 100.5, y: 100.5, radius: 20 }
    const mask = drawn(emptyMask(size), strokeShape(dab, dab, 0.2))
    const across = [100, 105, 110, 115, 119].map((x) => at(mask, x, 100))
    expect(across).toEqual([...across].sort((a, b) => b - a))
    expect([across[0], across[4] < 20]).toEqual([255, true])
  })

  test('grows with the pressure on its way', () => {
    const mask = drawn(emptyMask(size), strokeShape({ x: 50, y: 100, radius: 2 }, { x: 250, y: 100, radius: 30 }, 1))
    expect([at(mask, 60, 108), at(mask, 240, 120)]).toEqual([0, 255])
  })

  test('marks nothing beyond the picture', () => {
    const mask = drawn(emptyMask(size), strokeShape({ x: -50, y: 10, radius: 10 }, { x: 500, y: 270, radius: 10 }, 1))
    const bounds = boundsOf(mask)
    expect([bounds?.x, (bounds?.x ?? 0) + (bounds?.w ?? 0)]).toEqual([0, size.width])
    expect(boundsOf(inverted(inverted(mask)))).toEqual(bounds)
  })
})

test('the eraser takes away what it covers and leaves the mask before it as it was', () => {
  const before = drawn(emptyMask(size), rectangleShape({ x: 10, y: 10, w: 100, h: 100 }))
  const after = drawn(before, rectangleShape({ x: 0, y: 0, w: 60, h: 300 }), 'remove')
  expect([at(before, 20, 20), at(after, 20, 20), at(after, 80, 20)]).toEqual([255, 0, 255])
  expect(isEmpty(drawn(before, rectangleShape({ x: 0, y: 0, w: 300, h: 280 }), 'remove'))).toBe(true)
})

test('masks that differ in one place share all other tiles', () => {
  const all = inverted(emptyMask(size))
  const after = drawn(all, rectangleShape({ x: 0, y: 0, w: 5, h: 5 }), 'remove')
  const shared = [...all.tiles].filter(([index, tile]) => after.tiles.get(index) === tile)
  expect([all.tiles.size, shared.length]).toEqual([4, 3])
})

test('a rectangle between pixels covers them by the part that lies in it', () => {
  const mask = drawn(emptyMask({ width: 4, height: 1 }), rectangleShape({ x: 0.5, y: 0, w: 2, h: 1 }))
  expect([...planeOf(mask)]).toEqual([128, 255, 128, 0])
})

describe('a lasso', () => {
  test('marks what lies within its line', () => {
    const triangle = polygonShape([
      [0, 0],
      [8, 0],
      [0, 8],
    ])
    const mask = drawn(emptyMask({ width: 8, height: 8 }), triangle)
    expect(written(mask).slice(0, 3)).toEqual(['#######+', '######+.', '#####+..'])
    expect(shareOf(mask) * 64).toBeCloseTo(32, 0)
  })

  test('marks also what its line goes round twice', () => {
    const twice = [
      [1, 1],
      [7, 1],
      [7, 7],
      [1, 7],
    ] as const
    const mask = drawn(emptyMask({ width: 8, height: 8 }), polygonShape([...twice, ...twice]))
    expect(shareOf(mask) * 64).toBeCloseTo(36, 5)
  })
})

describe('the wand', () => {
  const picture = board('1115', '5515', '1155', '1111')

  test('marks what has the colour and is joined side by side', () => {
    const mask = flood(picture, 0, 0, { tolerance: 10, contiguous: true })
    expect(written(mask)).toEqual(['###.', '..#.', '....', '....'])
  })

  test('marks the colour wherever it is, when asked to', () => {
    const mask = flood(picture, 0, 0, { tolerance: 10, contiguous: false })
    expect(written(mask)).toEqual(['###.', '..#.', '##..', '####'])
  })

  test('takes more colours with more tolerance, and nothing outside the picture', () => {
    expect(shareOf(flood(picture, 0, 0, { tolerance: 80, contiguous: true }))).toBe(1)
    expect(isEmpty(flood(picture, 4, 0, { tolerance: 80, contiguous: true }))).toBe(true)
  })

  test('finds the same as asking each pixel for its neighbours, on noise', () => {
    const random = seeded(3)
    const image = board(
      ...Array.from({ length: 40 }, () => Array.from({ length: 50 }, () => (random() > 0.45 ? 1 : 5)).join('')),
    )
    const mask = flood(image, 25, 20, { tolerance: 10, contiguous: true })
    expect([...planeOf(mask)].map(Boolean)).toEqual(neighbours(image, 20 * 50 + 25))
  })
})

/** Which pixels can be reached from one of the same colour, step by step. */
function neighbours({ width, data }: Raster, start: number): boolean[] {
  const pixels = data.length / 4
  const reached = new Set([start])
  for (const i of reached) {
    const beside = [i % width ? i - 1 : -1, (i + 1) % width ? i + 1 : -1, i - width, i + width]
    for (const j of beside) if (j >= 0 && j < pixels && data[4 * j] === data[4 * start]) reached.add(j)
  }
  return Array.from({ length: pixels }, (_, i) => reached.has(i))
}

test('feathering softens an edge to both sides and keeps how much is marked', () => {
  const sharp = drawn(emptyMask(size), rectangleShape({ x: 100, y: 100, w: 100, h: 100 }))
  const soft = feathered(sharp, 12)
  expect([at(soft, 100, 150), at(soft, 99, 150)].map((value) => Math.abs(value - 127) < 20)).toEqual([true, true])
  expect([at(soft, 150, 150), at(soft, 85, 150)]).toEqual([255, 0])
  expect(shareOf(soft)).toBeCloseTo(shareOf(sharp), 3)
  expect(feathered(sharp, 0)).toBe(sharp)
})

test('what is marked up to the rim of the picture does not fade there', () => {
  const soft = feathered(drawn(emptyMask(size), rectangleShape({ x: 0, y: 0, w: 50, h: 280 })), 12)
  expect([at(soft, 0, 0), at(soft, 0, 279)]).toEqual([255, 255])
})

test('a mask comes back from its file as it was', () => {
  const plane = new Uint8Array(size.width * size.height).map((_, i) => (i * 7) % 256)
  const mask = maskFromPlane(size, plane)
  expect(planeOf(maskOfPicture(pictureOfMask(mask)))).toEqual(plane)
})

test('what is transparent in a picture marks nothing', () => {
  const data = new Uint8ClampedArray([255, 255, 255, 0, 255, 255, 255, 255, 0, 0, 0, 255])
  expect([...planeOf(maskOfPicture({ width: 3, height: 1, data }))]).toEqual([0, 255, 0])
})

test('for a picture of another size a mask marks the same place, relative to it', () => {
  const mask = drawn(emptyMask(size), rectangleShape({ x: 30, y: 28, w: 60, h: 56 }))
  const larger = resizedMask(mask, { width: 600, height: 560 })
  expect(shareOf(larger)).toBeCloseTo(shareOf(mask), 3)
  expect([at(larger, 62, 58), at(larger, 178, 166), at(larger, 182, 100), at(larger, 100, 170)]).toEqual([
    255, 255, 0, 0,
  ])
  expect(resizedMask(mask, size)).toBe(mask)
})

test('what a tool found is added to what was painted', () => {
  const painted = drawn(emptyMask(size), rectangleShape({ x: 0, y: 0, w: 10, h: 10 }))
  const found = drawn(emptyMask(size), rectangleShape({ x: 290, y: 270, w: 10, h: 10 }))
  const both = merged(painted, found, 'add')
  expect([at(both, 5, 5), at(both, 295, 275), at(both, 100, 100)]).toEqual([255, 255, 0])
  expect(planeOf(merged(both, found, 'remove'))).toEqual(planeOf(painted))
})
