import { expect, test } from 'vitest'
import type { Raster } from '../../../core/raster'
import { estimateMark } from '../../../operators/find-watermark/shared-mark'
import { sharedMask, unblend } from '../../../operators/find-watermark/unblend'
import { recall, scene, withMark } from './letters'

const [W, H] = [200, 140]
const MARK = [{ x: 90, y: 90, w: 81, h: 22 }]
const scenes = [1, 2, 3, 4, 5].map((seed) => scene(W, H, seed))

/** Mean difference of two pictures where `where` is set, levels. */
function apart(a: Raster, b: Raster, where: Uint8Array): number {
  let [sum, count] = [0, 0]
  for (let i = 0; i < where.length; i++) {
    if (!where[i]) continue
    for (let c = i * 4; c < i * 4 + 3; c++) sum += Math.abs(a.data[c] - b.data[c])
    count += 3
  }
  return sum / count
}

test.each([0.3, 0.6])('a mark of opacity %d in five pictures is found, estimated and taken out', async (opacity) => {
  const marked = scenes.map((image) => withMark(image, MARK, opacity))
  const mark = await estimateMark(marked.map(({ picture }) => picture))
  if (!mark) throw new Error('no mark was found')
  const { picture, truth } = marked[0]
  expect(recall(sharedMask(picture, mark, 2), truth)).toBeGreaterThan(0.98)
  expect(Math.max(...mark.alpha)).toBeGreaterThan(opacity - 0.1)
  const before = apart(picture, scenes[0], truth)
  const { picture: clean, rest } = unblend(picture, mark)
  expect(apart(clean, scenes[0], truth)).toBeLessThan(before / 3)
  expect(rest).not.toContain(255)
})

test('pixels beside the mark stay as they are', async () => {
  const marked = scenes.map((image) => withMark(image, MARK, 0.5))
  const mark = await estimateMark(marked.map(({ picture }) => picture))
  if (!mark) throw new Error('no mark was found')
  const { picture } = marked[1]
  const touched = sharedMask(picture, mark, 0)
  const clean = unblend(picture, mark).picture
  const changed = [...touched.keys()].filter((i) => !touched[i] && clean.data[i * 4] !== picture.data[i * 4])
  expect(changed).toEqual([])
})

test('what nothing shows through is left to be filled', async () => {
  const marked = scenes.map((image) => withMark(image, MARK, 1))
  const mark = await estimateMark(marked.map(({ picture }) => picture))
  if (!mark) throw new Error('no mark was found')
  expect(recall(unblend(marked[0].picture, mark).rest, marked[0].truth)).toBeGreaterThan(0.9)
})

test('in pictures of different sizes the mark is found at its distance from the corner', async () => {
  const sizes = [0, 24, 40]
  const marked = sizes.map((more, i) => {
    const [width, height] = [W + more, H + more / 2]
    return withMark(scene(width, height, 11 + i), [{ x: width - 110, y: height - 40, w: 81, h: 22 }], 0.6)
  })
  const mark = await estimateMark(marked.map(({ picture }) => picture))
  if (!mark) throw new Error('no mark was found')
  expect(mark.anchor).toEqual([1, 1])
  for (const { picture, truth } of marked) expect(recall(sharedMask(picture, mark, 2), truth)).toBeGreaterThan(0.95)
})

test('pictures that have nothing in common have no mark', async () => {
  expect(await estimateMark(scenes)).toBeUndefined()
})

test('the same picture three times says nothing about a mark', async () => {
  const { picture } = withMark(scenes[0], MARK, 0.5)
  expect(await estimateMark([picture, picture, picture])).toBeUndefined()
})

test('two pictures are refused', async () => {
  await expect(estimateMark(scenes.slice(0, 2))).rejects.toThrow(RangeError)
})
