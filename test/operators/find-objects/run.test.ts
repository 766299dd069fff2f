import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { cocoSsd } from '../../../models/entries/objects'
import { findObjects } from '../../../operators/find-objects/spec'
import { FETCH_MS } from '../../models/model-cache'
import { fixture, isReady, runTool } from '../real-models'

const present = await isReady(cocoSsd.id)
const title = `people and objects${present ? '' : ` (skipped: ${cocoSsd.id} is not here)`}`
const [WIDTH, HEIGHT] = [2000, 1333] // of street.jpg

/** Where cars were drawn on it, the largest first, pixels. */
const CARS = [
  { x: 90, y: 660, w: 720, h: 555 },
  { x: 1275, y: 605, w: 545, h: 400 },
]

const PHOTOS = new URL('../../../../shared/photos/', import.meta.url)
const hasPhotos = existsSync(PHOTOS)

let street: Buffer
beforeAll(async () => {
  street = await fixture('street.jpg')
})

const find = async (file: Buffer, params = {}) => findObjects.result.parse(await runTool('find-objects', file, params))

describe.skipIf(!present)(title, { timeout: FETCH_MS }, () => {
  test('finds the cars of a street where they are, the surest first, and nobody in it', async () => {
    const { objects, objects_found, people } = await find(street)
    expect(objects.map(({ name }) => name)).toEqual(['car', 'car'])
    expect({ objects_found, people }).toEqual({ objects_found: 2, people: 0 })
    expect(objects[0].score).toBeGreaterThan(objects[1].score)
    for (const [i, { x, y, w, h }] of CARS.entries()) {
      const found = objects[i]
      const edges = [found.x - x, found.y - y, found.x + found.w - x - w, found.y + found.h - y - h]
      expect(Math.max(...edges.map(Math.abs)), `edges of car ${i + 1}`).toBeLessThan(60)
    }
  })

  test('finds them at the same shares of a picture of another size', async () => {
    const [large, small] = [
      await find(street),
      await find(
        await sharp(street)
          .resize(WIDTH / 4)
          .png()
          .toBuffer(),
      ),
    ]
    expect(small.objects.length).toBe(large.objects.length)
    for (const [i, { x, y }] of small.objects.entries()) {
      expect(x / (WIDTH / 4)).toBeCloseTo(large.objects[i].x / WIDTH, 1)
      expect(y / (HEIGHT / 4)).toBeCloseTo(large.objects[i].y / HEIGHT, 1)
    }
  })

  test('finds more at a lower threshold, and returns no more than were asked for', async () => {
    const all = await find(street, { threshold: 0.2 })
    expect(all.objects_found).toBeGreaterThan(2)
    expect(all.objects.every(({ score }) => score >= 0.2)).toBe(true)
    const { objects } = await find(street, { threshold: 0.2, max_objects: 1 })
    expect(objects).toEqual(all.objects.slice(0, 1))
  })

  test('finds nothing in a picture of one colour', async () => {
    const create = { width: 320, height: 240, channels: 3, background: 'gray' } as const
    const blank = await sharp({ create }).png().toBuffer()
    expect(await find(blank)).toMatchObject({ objects_found: 0, people: 0, objects: [] })
  })

  test('counts the one person of a portrait', async () => {
    const { people, objects } = await find(
      await readFile(new URL('../../../public/samples/portrait.jpg', import.meta.url)),
    )
    expect({ people, names: objects.map(({ name }) => name) }).toEqual({ people: 1, names: ['person'] })
  })

  describe.skipIf(!hasPhotos)(`in photos of several${hasPhotos ? '' : ' (skipped: they are not here)'}`, () => {
    test.each([
      ['ultralytics_zidane.jpg', 2],
      ['anonymizer_coco01.jpg', 2],
    ])('counts the people of %s, each once', async (name, count) => {
      const { people, objects } = await find(await readFile(new URL(name, PHOTOS)))
      expect(people).toBe(count)
      const lefts = objects.filter((object) => object.name === 'person').map(({ x }) => x)
      expect(Math.max(...lefts) - Math.min(...lefts)).toBeGreaterThan(200)
    })

    test('counts those before a bus too, down to one that is cut in half by the edge', async () => {
      const bus = await readFile(new URL('ultralytics_bus.jpg', PHOTOS))
      const { people, objects } = await find(bus, { threshold: 0.3 })
      expect(people).toBe(4)
      expect(objects.filter(({ name }) => name === 'bus')).toHaveLength(1)
      const whole = objects.filter(({ name, h }) => name === 'person' && h > 400)
      expect(whole).toHaveLength(3)
      for (const { y, h } of whole) expect(y + h).toBeGreaterThan(800)
    })
  })
})
