import { describe, expect, test } from 'vitest'
import { refine } from '../../../operators/match-template/refine'
import { check, run } from '../../../operators/match-template/run'
import { METHODS, matchTemplate } from '../../../operators/match-template/spec'
import { picture, testContext } from '../../support'
import { crop, noise, paint, paste, scene, screen } from './pictures'

const params = matchTemplate.params.parse({})
const cross = picture([0, 9, 0], [9, 9, 9], [0, 9, 0])
const stamp = noise(16, 12, 7)

describe('check', () => {
  test.each([
    [4, 2],
    [2, 4],
  ])('refuses a template of %i×%i for an image of 3×3, naming both sizes', (width, height) => {
    const template = noise(width, height)
    expect(() => check({ image: cross, template }, params)).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        message: expect.stringMatching(`${width}×${height}.*3×3`),
        issues: [expect.objectContaining({ path: ['template'] })],
      }),
    )
  })

  test('refuses a template of one colour', () => {
    const template = paint({ width: 2, height: 2 }, () => [200, 30, 30])
    expect(() => check({ image: cross, template }, params)).toThrow('one flat colour')
  })

  test('refuses a template whose colours are one gray, but only where colour is ignored', () => {
    const template = paint({ width: 2, height: 1 }, (x) => (x ? [255, 0, 0] : [0, 130, 0]))
    expect(() => check({ image: cross, template }, params)).toThrow('use_grayscale')
    expect(() => check({ image: cross, template }, { ...params, use_grayscale: false })).not.toThrow()
  })

  test('lets a template as large as the image pass', () => {
    expect(() => check({ image: cross, template: cross }, params)).not.toThrow()
  })
})

describe('run', () => {
  test('finds the place a template was cut from, at score 1', async () => {
    const image = picture([0, 0, 0, 0, 0], [0, 0, 0, 9, 0], [0, 0, 9, 9, 9], [0, 0, 0, 9, 0])
    const { data } = await run({ image, template: cross }, params, testContext())
    expect(data).toMatchObject({ best_score: 1, matches: [{ x: 2, y: 1, w: 3, h: 3, score: 1 }] })
  })

  // CCORR is left out: without normalisation it prefers bright places to alike ones.
  test.each(METHODS.filter((method) => method !== 'TM_CCORR'))('finds every copy by %s, best first', async (method) => {
    const places = [
      [10, 20],
      [70, 33],
      [40, 90],
    ] as const
    const image = places.reduce((base, [x, y]) => paste(base, stamp, x, y), scene(130, 120))
    const { data } = await run({ image, template: stamp }, { ...params, method, threshold: 0.99 }, testContext())
    expect(data.matches.map(({ x, y }) => [x, y])).toEqual(expect.arrayContaining(places.map(([x, y]) => [x, y])))
    expect(data.matches.slice(0, 3).every(({ score }) => score === 1)).toBe(true)
  })

  test('tells colours apart only when asked to', async () => {
    const red = paint({ width: 8, height: 8 }, (x, y) => ((x + y) % 3 ? [255, 0, 0] : [0, 0, 0]))
    const green = paint({ width: 8, height: 8 }, (x, y) => ((x + y) % 3 ? [0, 130, 0] : [0, 0, 0]))
    const image = paste(paste(noise(60, 40), red, 5, 5), green, 40, 20)
    const found = async (use_grayscale: boolean) =>
      (await run({ image, template: red }, { ...params, use_grayscale, threshold: 0.95 }, testContext())).data.matches
    expect(await found(true)).toHaveLength(2)
    expect(await found(false)).toEqual([expect.objectContaining({ x: 5, y: 5 })])
  })

  test('scores a flat image 0 for the coefficient, and finds nothing', async () => {
    const image = paint({ width: 30, height: 30 }, () => [255, 255, 255])
    for (const method of ['TM_CCOEFF_NORMED', 'TM_CCOEFF'] as const) {
      const { data } = await run({ image, template: stamp }, { ...params, method, threshold: 0.1 }, testContext())
      expect(data).toMatchObject({ best_score: 0, raw_matches: 0, matches: [] })
    }
  })

  test('scores a map of one place by the normalised method, since it has no best and worst', async () => {
    for (const method of METHODS) {
      const { data } = await run({ image: stamp, template: stamp }, { ...params, method }, testContext())
      expect(data.matches).toEqual([{ x: 0, y: 0, w: 16, h: 12, score: 1 }])
    }
  })

  test('counts all matches, but lists only as many as asked for', async () => {
    const image = [0, 1, 2, 3, 4].reduce((base, i) => paste(base, stamp, 20 * i, 5), noise(110, 30, 3))
    const { data } = await run({ image, template: stamp }, { ...params, max_results: 2 }, testContext())
    expect(data).toMatchObject({ matches_found: 5, filtered_matches: 5, raw_matches: 5 })
    expect(data.matches).toHaveLength(2)
  })

  test('takes a soft peak as one match', async () => {
    const image = scene(200, 150)
    const { data } = await run({ image, template: crop(image, 60, 50, 40, 30) }, params, testContext())
    expect(data.raw_matches).toBeGreaterThan(1)
    expect(data.matches[0]).toEqual({ x: 60, y: 50, w: 40, h: 30, score: 1 })
    expect(data.matches.every((a, i) => data.matches.every((b, j) => i === j || overlap(a, b) <= 0.3))).toBe(true)
  })

  test('lists copies that touch, but do not overlap', async () => {
    const image = paste(paste(noise(80, 40, 5), stamp, 20, 10), stamp, 36, 10)
    const { data } = await run({ image, template: stamp }, params, testContext())
    expect(data.matches.map(({ x }) => x).sort()).toEqual([20, 36])
  })

  test('draws the image at its size and the heat map at the size of the map', async () => {
    const image = scene(90, 70)
    const { artefacts } = await run({ image, template: crop(image, 3, 4, 20, 10) }, params, testContext())
    expect(artefacts.matches).toMatchObject({ width: 90, height: 70 })
    expect(artefacts.heatmap).toMatchObject({ width: 71, height: 61 })
    expect(brightest(artefacts.heatmap)).toEqual([3, 4])
  })

  test('leaves its inputs as they were', async () => {
    const image = paste(noise(60, 50), stamp, 5, 5)
    const before = [image.data.slice(), stamp.data.slice()]
    await run({ image, template: stamp }, params, testContext())
    expect([image.data, stamp.data]).toEqual(before)
  })

  test('gives the same answer again, also when runs overlap', async () => {
    const inputs = [noise(90, 80, 1), scene(120, 60, 2), screen(100, 100, 3)]
    const one = (i: number) => run({ image: inputs[i], template: stamp }, { ...params, threshold: 0.1 }, resting())
    const alone = [(await one(0)).data, (await one(1)).data, (await one(2)).data]
    const together = await Promise.all([one(0), one(1), one(2)])
    expect(together.map(({ data }) => data)).toEqual(alone)
  })

  test.each([
    ['by transforms', stamp],
    ['by the definition', crop(stamp, 0, 0, 5, 5)],
  ])('stops at the next checkpoint once canceled, %s', async (_, template) => {
    const controller = new AbortController()
    let calls = 0
    const checkpoint = async () => {
      calls++
      if (calls === 2) controller.abort()
      controller.signal.throwIfAborted()
    }
    const task = run({ image: noise(600, 400), template }, params, testContext({ checkpoint }))
    await expect(task).rejects.toThrow('aborted')
    expect(calls).toBe(2)
  })

  test('reports progress that never falls and ends at or below the whole', async () => {
    const seen: number[] = []
    const checkpoint = async (done: number, total: number) => void seen.push(done / total)
    const image = screen(700, 500)
    await run({ image, template: crop(image, 0, 0, 30, 100) }, params, testContext({ checkpoint }))
    expect(seen.length).toBeGreaterThan(5)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBeLessThanOrEqual(1)
  })
})

describe('refine', () => {
  test.each(METHODS)('gives what a run would have given, by %s', async (method) => {
    const image = paste(paste(scene(160, 120), stamp, 20, 30), crop(noise(16, 12, 7), 0, 0, 13, 12), 90, 60)
    const inputs = { image, template: stamp }
    const { kept } = await run(inputs, { ...params, method }, testContext())
    for (const threshold of [0.1, 0.1234, 0.35, 0.5, 0.79995, 0.8, 0.999, 1]) {
      for (const max_results of [1, 7, 1000]) {
        const wanted = { ...params, method, threshold, max_results }
        const { data } = await run(inputs, wanted, testContext())
        expect(refine(structuredClone(kept), wanted)).toEqual(data)
      }
    }
  })
})

interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** Intersection over union. */
function overlap(a: Box, b: Box): number {
  const width = Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x))
  const height = Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y))
  return (width * height) / (a.w * a.h + b.w * b.h - width * height)
}

function brightest({ width, data }: ReturnType<typeof noise>): [x: number, y: number] {
  let best = 0
  for (let i = 0; i < data.length / 4; i++) if (light(data, i) > light(data, best)) best = i
  return [best % width, Math.floor(best / width)]
}

const light = (data: Uint8ClampedArray, i: number) => data[i * 4] + data[i * 4 + 1] + data[i * 4 + 2]

/** Lets other work go on at each checkpoint. */
const resting = () => testContext({ checkpoint: () => new Promise((resolve) => setTimeout(resolve)) })
