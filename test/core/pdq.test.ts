import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { hammingDistance, ORIENTATIONS, pdq } from '../../core/copies/pdq'
import type { Raster } from '../../core/raster'

const PICTURES = new URL('../../../shared/data/copies/pdq/', import.meta.url)
const present = existsSync(PICTURES)
if (!present) console.warn('skipped: ../shared/data/copies/pdq, the reference pictures of PDQ, is absent')

/** Hashes that the published programs give; the file names say what was done to the first. */
const PUBLISHED = [
  ['dih/bridge-1-original.jpg', 'f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22'],
  ['dih/bridge-2-rotate-90.jpg', '30a10efd71cc3d429013d48d0ffffc52e34e0e17ada952a9d29685211ea9e5af'],
  ['dih/bridge-3-rotate-180.jpg', 'adad5a64b5a142e75b62a09857da895ae63b847fc23794b766b319361bc93188'],
  ['dih/bridge-4-rotate-270.jpg', 'a5f0a457a48995e8c9065c275aaa5498b61ba4bdf8fcf80387c32f8b1bfc4f05'],
  ['dih/bridge-5-flipx.jpg', 'f8f80f31e0f417b20e37f5cd028f980fb36ed02a9662c1e233e64c634e9c64dd'],
  ['dih/bridge-6-flipy.jpg', '0dad2599b1a1bd1a5362576742da32a5e63b7380c2374b4866b366c91bc9ce77'],
  ['dih/bridge-7-flip-plus-1.jpg', 'f0a5e102f1ccc0bd945308720fff038de34ef1e8ada9a956d2967ade5ea91a50'],
  ['dih/bridge-8-flip-minus-1.jpg', 'a5f05aa8a4896a17c906a2d85aaaab07b61b5b42f8fc07fc87c3d0741bfcb0fa'],
  ['misc-images/c.png', 'e64cc9d91c623882f8d1f1d9a398e78c9f199b3bd83924f2b7e11e0bf861b064'],
  ['misc-images/small.jpg', '0007001f003f003f007f00ff00ff00ff01ff01ff01ff03ff03ff03ff03ff03ff'],
] as const

describe.skipIf(!present)('the perceptual hash of the reference pictures', () => {
  it.each(PUBLISHED)('of %s is the published one', async (file, published) => {
    expect(pdq(await load(file)).hash).toBe(published)
  })

  it('tells a photograph from a picture without detail', async () => {
    expect(pdq(await load('dih/bridge-1-original.jpg')).quality).toBe(100)
    expect(pdq(await load('misc-images/small.jpg')).quality).toBe(0)
  })

  it('foresees the hash of each turned and mirrored copy, and of no other', async () => {
    const { orientations } = pdq(await load('dih/bridge-1-original.jpg'))
    const distances = PUBLISHED.slice(0, 8).map(([, hash]) => orientations.map((own) => hammingDistance(own, hash)))
    distances.forEach((row, turn) => {
      expect(row.indexOf(Math.min(...row))).toBe(turn)
      expect(row.filter((distance) => distance <= 8)).toHaveLength(1) // the copies are JPEG files of their own
      expect(row.filter((distance) => distance < 90)).toHaveLength(1)
    })
  })
})

describe('the perceptual hash', () => {
  const noise = scene(200, 120)

  it('calls the same picture in another size a copy: at most 31 bits differ', () => {
    expect(hammingDistance(pdq(noise).hash, pdq(halved(noise)).hash)).toBeLessThanOrEqual(31)
  })

  it('names an orientation for each of its eight hashes', () => {
    expect(pdq(noise).orientations).toHaveLength(ORIENTATIONS.length)
    expect(pdq(noise).orientations[0]).toBe(pdq(noise).hash)
  })

  it('has quality 0 for pictures of one colour or with an edge below 5 pixels', () => {
    expect(pdq(scene(4, 300)).quality).toBe(0)
    expect(pdq({ width: 9, height: 9, data: new Uint8ClampedArray(9 * 9 * 4).fill(120) }).quality).toBe(0)
  })

  it('counts differing bits', () => {
    expect(hammingDistance('ff00000f', 'ff00000f')).toBe(0)
    expect(hammingDistance('ffffffff00000000', '00000000ffffffff')).toBe(64)
    expect(hammingDistance('80000001', '00000000')).toBe(2)
  })
})

async function load(file: string): Promise<Raster> {
  const bytes = await readFile(new URL(file, PICTURES))
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
}

/** Smooth blobs of many sizes. */
function scene(width: number, height: number): Raster {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [(i % width) / width, Math.floor(i / width) / height]
    const value = 127 + 60 * Math.sin(9 * x + 17 * y * y) + 50 * Math.cos(23 * x * y + 5 * y) + 15 * Math.sin(41 * x)
    data.set([value, value * 0.8, 255 - value, 255], i * 4)
  }
  return { width, height, data }
}

function halved({ width, height, data }: Raster): Raster {
  const half = new Uint8ClampedArray((width / 2) * (height / 2) * 4)
  for (let i = 0; i < half.length / 4; i++) {
    const [x, y] = [i % (width / 2), Math.floor(i / (width / 2))]
    const at = (2 * y * width + 2 * x) * 4
    half.set(data.subarray(at, at + 4), i * 4)
  }
  return { width: width / 2, height: height / 2, data: half }
}
