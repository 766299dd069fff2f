import sharp from 'sharp'
import { expect, test } from 'vitest'
import { fileSizes } from '../../workers/file-sizes'

const picture = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: 'gray' } })
const cloud =
  'ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\nend_header\n'

test('tells the size of each picture and the points of each cloud', async () => {
  const sizes = await fileSizes({
    image: new File([await picture(61, 43).png().toBuffer()], 'a.png'),
    scene: new File([`${cloud}0 0 0\n1 0 0\n0 1 0\n`], 'b.ply'),
  })
  expect(sizes).toEqual({ image: { width: 61, height: 43 }, scene: { width: 3, height: 1 } })
})

test('finds the size of a JPEG behind much that comes before it', async () => {
  const large = Buffer.alloc(60_000, 1)
  const profile = Buffer.concat([
    Buffer.from([0xff, 0xe2]),
    Buffer.from([(large.length + 2) >> 8, (large.length + 2) & 255]),
    large,
  ])
  const jpeg = await picture(61, 43).jpeg().toBuffer()
  const file = new File([jpeg.subarray(0, 2), ...Array(6).fill(profile), jpeg.subarray(2)], 'a.jpg')
  expect(file.size).toBeGreaterThan(300_000)
  expect(await fileSizes({ image: file })).toEqual({ image: { width: 61, height: 43 } })
})

test('a file that is neither counts as nothing: the run will say what is wrong', async () => {
  const one = { width: 1, height: 1 }
  const files = {
    text: new File(['hello'], 'a.png'),
    empty: new File([], 'b.png'),
    broken: new File(['ply\nhuh'], 'c.ply'),
  }
  expect(await fileSizes(files)).toEqual({ text: one, empty: one, broken: one })
})
