import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

const DETECT = `
  const { default: createOpenCv } = await import('./workers/adapters/opencv.built.js')
  const cv = await createOpenCv()
  const image = new cv.Mat(120, 160, cv.CV_8UC1)
  image.data.set(image.data.map((_, i) => ((i % 160 >> 3) * 7 + (i / 1280 | 0) * 13) % 5 * 50))
  const points = new cv.KeyPointVector()
  const rows = new cv.Mat()
  for (const detector of [new cv.ORB(300), new cv.AKAZE(), new cv.BRISK()]) {
    detector.detectAndCompute(image, new cv.Mat(), points, rows)
    console.log(points.size(), rows.rows, rows.cols, points.get(0).pt.x > 0)
  }
`

test('the OpenCV of browser workers runs where no code may be made from text, as under our CSP', () => {
  const lines = execFileSync(
    process.execPath,
    ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', DETECT],
    { encoding: 'utf8' },
  )
    .trim()
    .split('\n')
  const widths = [32, 61, 64] // bytes of one descriptor
  for (const [i, line] of lines.entries()) {
    const [points, rows, columns, inside] = line.split(' ')
    expect(Number(points)).toBeGreaterThan(20)
    expect([rows, Number(columns), inside]).toEqual([points, widths[i], 'true'])
  }
  expect(lines).toHaveLength(3)
})
