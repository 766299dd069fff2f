import { expect, test } from 'vitest'
import type { Raster } from '../../../core/raster'
import { run } from '../../../operators/find-faces/run'
import { findFaces } from '../../../operators/find-faces/spec'
import { testContext } from '../../support'
import { brightFaces, FIVE, photo } from './bright-faces'

const find = (image: Raster, params: Record<string, unknown> = {}, models = brightFaces()) =>
  run({ image }, findFaces.params.parse(params), testContext({ models }))

test('says where a face is in pixels of the photo, also in a photo that is not 4:3', async () => {
  for (const [width, height] of [
    [640, 480],
    [300, 900],
    [1000, 200],
  ]) {
    const { data } = await find(photo(width, height, [[100, 60, 80, 100]]), { detail: 0 })
    expect(data.faces_found).toBe(1)
    const pixel = Math.max(width, (height * 4) / 3) / 320 // of what the finder sees
    const [{ x, y, w, h }] = data.faces
    for (const [found, truth] of [
      [x, 100],
      [y, 60],
      [w, 80],
      [h, 100],
    ])
      expect(Math.abs(found - truth)).toBeLessThan(2 * pixel)
  }
})

test('finds a face that is too small for a look at the whole only where it is asked to look closer', async () => {
  const crowd = photo(2000, 1500, [[1200, 700, 16, 20]])
  expect((await find(crowd, { detail: 0 })).data.faces_found).toBe(0)
  expect((await find(crowd, { detail: 1 })).data.faces_found).toBe(1)
})

test('faces on the seams of what it looks at are each found once', async () => {
  const places = [380, 500, 620, 740, 860, 980].flatMap((x) => [280, 400, 520, 640].map((y) => [x, y, 60, 75] as const))
  const { data } = await find(photo(1280, 960, places), { detail: 2 })
  expect(data.faces_found).toBe(places.length)
})

test('a face larger than the parts it looks at is found whole and once', async () => {
  const { data } = await find(photo(1600, 1200, [[300, 100, 800, 1000]]), { detail: 2 })
  expect(data.faces_found).toBe(1)
  expect(data.faces[0].w).toBeGreaterThan(780)
})

test('puts eyes, nose and mouth of a face where ArcFace wants them, in a file of 112×112', async () => {
  const { data, artefacts } = await find(photo(640, 480, [[200, 120, 120, 150]]), { detail: 0 })
  const [{ x, y, w, h, landmarks, crop }] = data.faces
  expect(crop).toBe('face-1.png')
  for (const [i, [px, py]] of landmarks.entries()) {
    expect(Math.abs(px - (x + FIVE[i][0] * w))).toBeLessThan(2)
    expect(Math.abs(py - (y + FIVE[i][1] * h))).toBeLessThan(2)
  }
  expect(artefacts['face-1']).toMatchObject({ width: 112, height: 112 })
})

test('leaves as much room around an aligned face as it is told', async () => {
  const { artefacts } = await find(photo(640, 480, [[200, 120, 120, 150]]), { detail: 0, margin: 0.5 })
  expect(artefacts['face-1']).toMatchObject({ width: 224, height: 224 })
})

test('counts all faces, and cuts out no more than it may', async () => {
  const places = [50, 150, 250, 350].map((x) => [x, 100, 60, 75] as const)
  const { data, artefacts } = await find(photo(640, 480, places), { detail: 0, max_faces: 2 })
  expect(data.faces_found).toBe(4)
  expect(data.faces.map(({ crop }) => crop)).toEqual(['face-1.png', 'face-2.png'])
  expect(Object.keys(artefacts)).toEqual(['face-1', 'face-2'])
})

test('an aligned face at the edge of the photo is opaque, black where there is no photo', async () => {
  const { artefacts } = await find(photo(640, 480, [[0, 0, 120, 150]]), { detail: 0, margin: 0.5 })
  const { data } = artefacts['face-1'] as Raster
  expect([...data.subarray(0, 4)]).toEqual([0, 0, 0, 255])
})

test('what lies beneath transparent pixels is not looked at', async () => {
  const hidden = photo(640, 480, [])
  for (let i = 0; i < hidden.data.length; i += 4) hidden.data[i + 3] = 0
  const shown = photo(640, 480, [[0, 0, 640, 480]])
  const [a, b] = [await find(hidden, { detail: 0 }), await find(shown, { detail: 0 })]
  expect(a.data.faces_found).toBe(1) // all transparent is all white
  expect(a.data).toEqual(b.data)
})

test('finds nothing in a photo of one pixel', async () => {
  const { data, artefacts } = await find(photo(1, 1, []))
  expect(data).toMatchObject({ faces_found: 0, faces: [] })
  expect(artefacts).toEqual({})
})

test('stops between two looks when it is told to', async () => {
  const stopped = testContext({
    models: brightFaces(),
    checkpoint: async (done) => {
      if (done > 2) throw new DOMException('Stopped', 'AbortError')
    },
  })
  const image = photo(1280, 960, [])
  await expect(run({ image }, findFaces.params.parse({ detail: 2 }), stopped)).rejects.toThrow('Stopped')
})
