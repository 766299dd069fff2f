import { expect, test } from 'vitest'
import { anyKind, placements, suits } from '../../app/state/intake'

const tool = {
  inputs: [
    { name: 'image', kind: 'raster', title: 'Image' },
    { name: 'template', kind: 'raster', title: 'Template' },
  ],
  batch: 'image',
} as const

const file = (name: string, size = 1) => new File([new Uint8Array(size)], name)
const placed = (filled: string[], ...files: File[]) =>
  placements(tool, filled, files).map(({ slot, files }) => [slot, files.map(({ name }) => name)])

test('one file goes to the first empty slot, or replaces the picture when all are full', () => {
  expect(placed([], file('a.png'))).toEqual([['image', ['a.png']]])
  expect(placed(['image'], file('a.png'))).toEqual([['template', ['a.png']]])
  expect(placed(['image', 'template'], file('a.png'))).toEqual([['image', ['a.png']]])
})

test('as many files as empty slots fill them, the largest first', () => {
  expect(placed([], file('icon.png', 10), file('screen.png', 999))).toEqual([
    ['image', ['screen.png']],
    ['template', ['icon.png']],
  ])
})

test('many files are a batch', () => {
  expect(placed([], file('a.png'), file('b.png'), file('c.png'))).toEqual([['image', ['a.png', 'b.png', 'c.png']]])
  expect(placed(['image', 'template'], file('a.png'), file('b.png'))).toEqual([['image', ['a.png', 'b.png']]])
})

test('knows pictures by name where the browser gives no type, as for TIFF', () => {
  expect(suits('raster', file('scan.TIFF'))).toBe(true)
  expect(suits('raster', new File([], 'photo', { type: 'image/avif' }))).toBe(true)
  expect(suits('raster', new File([], 'notes.txt', { type: 'text/plain' }))).toBe(false)
})

test('point clouds go where they are asked for, and pictures do not go there', () => {
  expect(suits('cloud', file('part.ply'))).toBe(true)
  expect(suits('raster', file('part.ply'))).toBe(false)
  expect(suits('cloud', file('photo.png'))).toBe(false)
  expect([file('part.ply'), file('photo.png')].every((one) => suits('either', one))).toBe(true)
  expect(anyKind([{ ...tool.inputs[0] }, { ...tool.inputs[1], kind: 'cloud' }])).toBe('either')
  expect(anyKind(tool.inputs)).toBe('raster')
})
