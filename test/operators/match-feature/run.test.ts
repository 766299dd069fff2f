import { describe, expect, test } from 'vitest'
import type { Raster } from '../../../core/raster'
import { execute, type Platform } from '../../../operators/execute'
import { applyHomography } from '../../../operators/match-feature/homography/homography'
import { refine } from '../../../operators/match-feature/refine'
import { run } from '../../../operators/match-feature/run'
import { matchFeature } from '../../../operators/match-feature/spec'
import { parseParams } from '../../../operators/params'
import { loadOpenCv } from '../../../server/adapters/opencv-node'
import { picture, testContext } from '../../support'
import { asItIs, photograph, spots, turned } from './scene'

const [WIDTH, HEIGHT] = [200, 150]
const scene = spots(4, 220, WIDTH, HEIGHT)
const view = turned(20, 1.1, { x: WIDTH / 2, y: HEIGHT / 2 }, { x: 130, y: 110 })
const query_image = photograph(scene, WIDTH, HEIGHT, asItIs)
const train_image = photograph(scene, 260, 220, view)
const corners = [0, WIDTH].flatMap((x) => [0, HEIGHT].map((y) => ({ x, y })))
const ctx = testContext({ loadOpenCv })

const withParams = (params: Record<string, unknown> = {}) => matchFeature.params.parse(params)
const match = (params?: Record<string, unknown>, query = query_image, train = train_image) =>
  run({ query_image: query, train_image: train }, withParams(params), ctx)

describe.each(['SIFT', 'ORB', 'AKAZE', 'BRISK'])('%s', (detector) => {
  test.each(['FLANN', 'BFMatcher'])('with %s finds how one picture lies on the other', async (matcher) => {
    const { data } = await match({ detector, matcher, ratio_threshold: 0.8 })
    expect(data).toMatchObject({ detector, matcher })
    expect(data.good_matches).toBeGreaterThan(15)
    expect(data.inliers / data.good_matches).toBeGreaterThan(0.7)
    expect(data.reprojection_error).toBeLessThan(2)
    const { homography } = data
    for (const corner of corners) {
      const [found, truth] = [homography && applyHomography(homography, corner), applyHomography(view, corner)]
      expect(found && Math.hypot(found.x - truth.x, found.y - truth.y)).toBeLessThan(12)
    }
  })

  test.each<[string, Raster, Raster]>([
    ['two pictures of one colour', photograph([], 64, 64, asItIs), photograph([], 80, 60, asItIs)],
    ['a picture and one of one colour', query_image, photograph([], 80, 60, asItIs)],
    ['one of one colour and a picture', photograph([], 80, 60, asItIs), query_image],
    ['two pictures of one pixel', picture([0]), picture([255])],
    ['a strip and a picture of one colour', photograph(scene, 2000, 24, asItIs), photograph([], 80, 60, asItIs)],
    ['a strip one pixel high', photograph(scene, 200, 1, asItIs), query_image],
  ])('finds no matches between %s', async (_, query, train) => {
    const { data, artefacts } = await match({ detector }, query, train)
    expect(data).toMatchObject({ good_matches: 0, inliers: 0, homography: null, reprojection_error: null, matches: [] })
    expect(Object.keys(artefacts)).toEqual(['matches'])
  })
})

test('answers in the form that the tool promises', async () => {
  const { data } = await match({ max_matches: 7 })
  expect(matchFeature.result.strict().parse(data)).toEqual(data)
  expect(data.good_matches).toBe(7)
  expect(data.matches).toHaveLength(7)
  expect(data.matches.filter(({ inlier }) => inlier)).toHaveLength(data.inliers)
  const distances = data.matches.map(({ distance }) => distance)
  expect(distances).toEqual(distances.toSorted((a, b) => a - b))
})

test('finds no homography between pictures of different things', async () => {
  const other = photograph(spots(99, 220, WIDTH, HEIGHT), WIDTH, HEIGHT, asItIs)
  const { data, artefacts } = await match({ ratio_threshold: 0.9 }, query_image, other)
  expect(data.homography).toBeNull()
  expect(data.inliers).toBe(0)
  expect(artefacts.aligned).toBeUndefined()
})

test('draws both pictures side by side, and the query laid on the train picture', async () => {
  const { artefacts } = await match()
  expect(artefacts.matches.width).toBeGreaterThanOrEqual(WIDTH + 260)
  expect(artefacts.matches.height).toBe(220)
  const { aligned } = artefacts
  expect(aligned).toMatchObject({ width: 260, height: 220 })
  const differences = [...train_image.data.keys()]
    .filter((i) => i % 4 === 0 && aligned?.data[i + 3] === 255)
    .map((i) => Math.abs(train_image.data[i] - (aligned?.data[i] ?? 0)))
  expect(differences.length).toBeGreaterThan(10_000)
  expect(differences.reduce((a, b) => a + b) / differences.length).toBeLessThan(4)
})

test.each([{ ratio_threshold: 0.5 }, { ratio_threshold: 0.95, max_matches: 5000 }, { max_matches: 12 }])(
  'a change to %o needs no new run',
  async (change) => {
    const { kept } = await match()
    expect(refine(structuredClone(kept), withParams(change))).toEqual((await match(change)).data)
  },
)

test('is the same on every run', async () => {
  expect((await match()).data).toEqual((await match()).data)
})

test('reports progress that never falls', async () => {
  const seen: number[] = []
  const checkpoint = async (done: number, total: number) => {
    seen.push(done / total)
  }
  await run({ query_image, train_image }, withParams({ matcher: 'BFMatcher' }), { ...ctx, checkpoint })
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(seen.length).toBeGreaterThan(50)
  expect(seen.at(-1)).toBeLessThanOrEqual(1)
})

test('stops when it is told to', async () => {
  const checkpoint = async (done: number) => {
    if (done > 0.5) throw new DOMException('stopped', 'AbortError')
  }
  await expect(run({ query_image, train_image }, withParams(), { ...ctx, checkpoint })).rejects.toThrow('stopped')
})

test.each([
  [{ ratio_threshold: 1.5 }, 'ratio_threshold: Input should be less than or equal to 1'],
  [{ ratio_threshold: 0 }, 'ratio_threshold: Input should be greater than or equal to 0.1'],
  [{ detector: 'SURF' }, "detector: Input should be 'SIFT', 'ORB', 'AKAZE' or 'BRISK'"],
  [{ matcher: 'best' }, "matcher: Input should be 'FLANN' or 'BFMatcher'"],
  [{ max_matches: 5001 }, 'max_matches: Input should be less than or equal to 5000'],
])('refuses %o', (params, message) => {
  expect(() => parseParams(matchFeature, params)).toThrow(message)
})

test('goes through the same door as every tool', async () => {
  const platform: Platform = {
    place: 'device',
    loadOpenCv,
    loadAsset: ctx.loadAsset,
    models: ctx.models,
    limits: { pixels: 1e6, side: 4000 },
    codec: {
      decode: async (bytes) => (bytes[0] === 0 ? query_image : train_image),
      encode: async ({ width, height }) => Uint8Array.of(width & 255, height & 255),
      shrink: async (raster) => raster,
    },
    now: () => performance.now(),
    log: (error) => expect.unreachable(String(error)),
  }
  const inputs = { query_image: Uint8Array.of(0), train_image: Uint8Array.of(1) }
  const outcome = await execute({ tool: 'feature', inputs, params: {} }, platform, async () => {})
  expect(outcome).toMatchObject({
    ok: true,
    value: { files: [{ name: 'matches.png' }, { name: 'aligned.png' }], ran: { backend: 'WASM SIMD' } },
  })
})
