import { expect, test } from 'vitest'
import type { Raster } from '../../../core/raster'
import { run } from '../../../operators/find-watermark/run'
import { findWatermark, NOTES } from '../../../operators/find-watermark/spec'
import { testContext } from '../../support'
import { recall, scene, withMark } from './letters'

type Others = Partial<Record<'image_2' | 'image_3', Raster>>

const find = (image: Raster, others: Others = {}, params: Record<string, unknown> = {}) =>
  run({ image, ...others }, findWatermark.params.parse(params), testContext())

/** White where the mask is. */
const masked = ({ data }: Raster) => Uint8Array.from({ length: data.length / 4 }, (_, i) => data[i * 4])

const tiles = [0, 1, 2, 3, 4].flatMap((row) =>
  [0, 1, 2, 3].map((column) => ({ x: 8 + column * 78 + (row % 2) * 20, y: 6 + row * 47, w: 45, h: 14 })),
)

test('a mark that is repeated over the picture is found without any model, and its strokes are masked', async () => {
  const places = tiles.map((tile) => ({ ...tile, x: tile.x - (Math.round(tile.y / 47) % 2) * 20 }))
  const { picture, truth } = withMark(scene(320, 240, 3), places, 0.4)
  const { data, artefacts } = await find(picture)
  expect(data.boxes.map(({ kind }) => kind)).toEqual(['pattern'])
  expect(recall(masked(artefacts.mask), truth)).toBeGreaterThan(0.8)
  expect(data.covered).toBeLessThan(0.5)
})

test('where there is no mark it finds nothing, says so, and the mask is empty', async () => {
  const { data, artefacts } = await find(scene(320, 240, 4))
  expect(data).toMatchObject({ watermarks_found: 0, covered: 0, boxes: [], shared: null })
  expect(data.notes).toContain(NOTES.nothing)
  expect(masked(artefacts.mask)).not.toContain(255)
})

test('says that text was not looked for where its model is missing', async () => {
  expect((await find(scene(64, 64, 1))).data.notes).toContain(NOTES.noText)
})

test('three pictures with one mark give the mark, and each picture without it', async () => {
  const [one, two, three] = [1, 2, 3].map((seed) =>
    withMark(scene(160, 120, seed), [{ x: 60, y: 80, w: 81, h: 20 }], 0.5),
  )
  const { data, artefacts } = await find(one.picture, { image_2: two.picture, image_3: three.picture })
  expect(data.boxes).toMatchObject([{ kind: 'shared' }])
  expect(data.shared).toMatchObject({ pictures: 3 })
  expect(recall(masked(artefacts.mask), one.truth)).toBeGreaterThan(0.95)
  const made = Object.keys(artefacts).filter((name) => /^(unblended|rest)-/.test(name))
  expect(made.sort()).toEqual(['rest-1', 'rest-2', 'rest-3', 'unblended-1', 'unblended-2', 'unblended-3'])
})

test('three pictures that share no mark are said to, and the first is searched alone', async () => {
  const [one, two, three] = [1, 2, 3].map((seed) => scene(160, 120, seed))
  const { data } = await find(one, { image_2: two, image_3: three })
  expect(data.shared).toBeNull()
  expect(data.notes).toContain(NOTES.notShared)
})

test('a second picture alone is said to be too few', async () => {
  const { data } = await find(scene(160, 120, 1), { image_2: scene(160, 120, 2) })
  expect(data.notes).toContain(NOTES.fewPictures)
})

test('a larger margin gives a larger mask', async () => {
  const { picture } = withMark(scene(320, 240, 3), tiles, 0.5)
  const [thin, wide] = [await find(picture, {}, { grow: 0 }), await find(picture, {}, { grow: 4 })]
  expect(wide.data.covered).toBeGreaterThan(thin.data.covered)
})
