import type { Check, Run, RunContext } from '../../core/operator'
import { type Checkpoint, portion } from '../../core/progress'
import type { Raster } from '../../core/raster'
import { alignQuery } from './align'
import { drawPairs } from './draw-pairs'
import type { Features } from './features'
import { type Kernel, withKernel } from './kernel'
import { nearestTwo } from './matching/match'
import { openCvFeatures } from './opencv-features'
import { type Kept, refine } from './refine'
import { sift } from './sift/sift'
import type { Detector, matchFeature } from './spec'

const MOST_KEY_POINTS = 10_000 // of the highest contrast; 100 million comparisons take a second

/** Any two pictures can be compared: where there is no texture, there are no matches. */
export const check: Check<typeof matchFeature> = () => {}

/** Finds details of `query_image` in `train_image`, and the homography that most of them agree on. */
export const run: Run<typeof matchFeature> = async ({ query_image, train_image }, params, ctx) => {
  const { checkpoint } = ctx
  const { detector, matcher } = params
  const kept = await withKernel(async (kernel): Promise<Kept> => {
    const query = await findFeatures(kernel, query_image, detector, ctx, portion(checkpoint, 0, 0.4))
    const train = await findFeatures(kernel, train_image, detector, ctx, portion(checkpoint, 0.4, 0.8))
    const nearest = await nearestTwo(kernel, query, train, matcher, portion(checkpoint, 0.8, 0.95))
    return { detector, matcher, queryPoints: points(query), trainPoints: points(train), nearest }
  })
  const data = refine(kept, params)
  await checkpoint(0.95, 1)
  return {
    data,
    artefacts: {
      matches: await drawPairs(query_image, train_image, data.matches, data.homography !== null, ctx.codec),
      ...(data.homography && { aligned: alignQuery(query_image, train_image, data.homography) }),
    },
    backend: params.detector === 'SIFT' ? 'WASM SIMD' : 'OpenCV WASM',
    kept,
  }
}

async function findFeatures(
  kernel: Kernel,
  raster: Raster,
  detector: Detector,
  { loadOpenCv, codec }: RunContext,
  checkpoint: Checkpoint,
): Promise<Features> {
  if (detector === 'SIFT') return sift(kernel, raster, MOST_KEY_POINTS, checkpoint)
  await checkpoint(0, 1)
  return openCvFeatures(await loadOpenCv(), codec, raster, detector, MOST_KEY_POINTS)
}

const points = ({ keyPoints }: Features): Float32Array<ArrayBuffer> =>
  Float32Array.from(keyPoints.flatMap(({ x, y }) => [x, y]))
