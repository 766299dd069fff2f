import * as z from 'zod'
import { defineSpec } from '../../core/operator'
import { text } from './text'

const DETECTORS = ['SIFT', 'ORB', 'AKAZE', 'BRISK'] as const
const MATCHERS = ['FLANN', 'BFMatcher'] as const
const MOST_MATCHES = 5000

export type Detector = (typeof DETECTORS)[number]
export type Matcher = (typeof MATCHERS)[number]

const match = z.object({
  query_x: z.number().meta({
    title: 'Query X',
    unit: 'px',
    description: 'Pixels from the left of the query image; the first pixel has its centre at 0',
  }),
  query_y: z.number().meta({ title: 'Query Y', unit: 'px', description: 'Pixels from the top of the query image' }),
  train_x: z.number().meta({ title: 'Train X', unit: 'px', description: 'The same place in the train image' }),
  train_y: z.number().meta({ title: 'Train Y', unit: 'px' }),
  distance: z.number().meta({ title: 'Distance', description: 'Between the descriptors; smaller is more alike' }),
  inlier: z.boolean().meta({ title: 'Agrees', description: 'Whether it agrees with the homography within 3 pixels' }),
})

const row = z.tuple([z.number(), z.number(), z.number()])

export type FeatureMatch = z.output<typeof match>

export const matchFeature = defineSpec({
  id: 'match-feature',
  tool: 'feature',
  path: 'match/feature',
  title: 'Feature matching',
  summary: 'Finds the same details in two pictures, turned, scaled or tilted, and how one lies on the other.',
  icon: 'waypoints',
  job: 'find',
  inputs: [
    { name: 'query_image', kind: 'raster', title: 'Query image', help: 'The picture whose details are sought' },
    { name: 'train_image', kind: 'raster', title: 'Train image', help: 'The picture to find them in' },
  ],
  batch: 'query_image',
  params: z.object({
    detector: z.enum(DETECTORS).default('SIFT').meta({
      title: 'Detector',
      description: 'How details are found and described. SIFT finds most; ORB is the quickest.',
    }),
    matcher: z.enum(MATCHERS).default('FLANN').meta({
      title: 'Matcher',
      description:
        'BFMatcher compares all with all; FLANN searches an index in detailed pictures and may miss a match in fifty.',
    }),
    ratio_threshold: z.number().min(0.1).max(1).default(0.75).meta({
      title: 'Ratio threshold',
      description: "Lowe's test: how much nearer than the second best a match must be; lower is stricter.",
      step: 0.01,
    }),
    max_matches: z.int().min(1).max(MOST_MATCHES).default(200).meta({
      title: 'Most matches',
      description: 'How many of the best matches to keep.',
    }),
  }),
  result: z.object({
    query_keypoints: z
      .int()
      .meta({ title: 'Details in the query', description: 'Key points found in the query image' }),
    train_keypoints: z
      .int()
      .meta({ title: 'Details in the train image', description: 'Key points found in the train image' }),
    good_matches: z
      .int()
      .meta({ title: 'Good matches', description: 'Matches that pass the ratio test, at most max_matches' }),
    detector: z.enum(DETECTORS),
    matcher: z.enum(MATCHERS),
    inliers: z
      .int()
      .meta({ title: 'Agree with each other', description: 'Good matches that agree with the homography' }),
    homography: z.tuple([row, row, row]).nullable().meta({
      description: 'Carries query coordinates to train coordinates; null when too few matches agree on one',
    }),
    reprojection_error: z.number().nullable().meta({
      title: 'Reprojection error',
      unit: 'px',
      description: 'Root mean square distance of the inliers from where the homography puts them, pixels',
    }),
    matches: z.array(match).meta({ description: 'The good matches, the most alike first' }),
  }),
  found: 'good_matches',
  artefacts: [
    { name: 'matches', title: 'Matches drawn' },
    { name: 'aligned', title: 'Query laid on train', optional: true },
  ],
  layers: [{ kind: 'pairs', field: 'matches', other: 'train_image', aligned: 'aligned', title: 'Matches' }],
  live: ['ratio_threshold', 'max_matches'],
  samples: [
    {
      title: 'A page and its photograph',
      files: { query_image: '/samples/page.jpg', train_image: '/samples/page-photo.jpg' },
    },
    {
      title: 'A circuit board among repeated parts',
      files: { query_image: '/samples/board.jpg', train_image: '/samples/board-photo.jpg' },
    },
  ],
  text,
  cost: ({ query_image, train_image }, { detector }) => {
    const { secondsPerPixel, mostPixels, secondsPerComparison } = COSTS[detector as Detector]
    const pixels = [query_image, train_image].map(({ width, height }) => width * height)
    const searched = pixels.map((count) => Math.min(count, mostPixels))
    const points = pixels.map((count) => Math.min(MOST_POINTS, count * POINTS_PER_PIXEL))
    return {
      seconds: 0.02 + (searched[0] + searched[1]) * secondsPerPixel + points[0] * points[1] * secondsPerComparison,
      bytes: Math.min(Math.max(...pixels) * 72, 600e6) + 64e6,
    }
  },
})

const MOST_POINTS = 10_000
const POINTS_PER_PIXEL = 1 / 150 // of a photograph with much detail

// Measured; above `mostPixels` a picture is searched at a smaller size, or without the finest details.
const COSTS: Readonly<Record<Detector, { secondsPerPixel: number; mostPixels: number; secondsPerComparison: number }>> =
  {
    SIFT: { secondsPerPixel: 1.6e-7, mostPixels: 8e6, secondsPerComparison: 3e-9 },
    ORB: { secondsPerPixel: 5e-8, mostPixels: 16e6, secondsPerComparison: 2e-10 },
    AKAZE: { secondsPerPixel: 2.5e-7, mostPixels: 4e6, secondsPerComparison: 4e-9 },
    BRISK: { secondsPerPixel: 2.5e-7, mostPixels: 8e6, secondsPerComparison: 4e-9 },
  }
