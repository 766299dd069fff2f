import { ToolError } from '../../core/errors'
import type { Deletable, Feature2D, KeyPointVector, Mat, OpenCv } from '../../core/opencv'
import type { Codec } from '../../core/ports'
import type { Raster } from '../../core/raster'
import type { BitDescriptors, Features, KeyPoint } from './features'
import type { Detector } from './spec'

type BinaryDetector = Exclude<Detector, 'SIFT'>

const ORB_KEY_POINTS = 2000
/** Most pixels; larger pictures are searched at a smaller size. AKAZE needs about 110 bytes a pixel of 1 GiB. */
const MOST_PIXELS: Readonly<Record<BinaryDetector, number>> = { ORB: 16e6, AKAZE: 4e6, BRISK: 8e6 }
const SMALLEST_SIDE = 24 // pixels; no neighbourhood fits into less, and AKAZE and BRISK would fail
const UNIT_BYTES = 16 // our kernels compare this many at once

/**
 * Key points and bit strings of OpenCV's ORB, AKAZE or BRISK, with its default settings.
 *
 * @param limit most key points, the ones of highest response
 * @throws ToolError too-large when OpenCV runs out of memory
 */
export async function openCvFeatures(
  cv: OpenCv,
  codec: Codec,
  raster: Raster,
  name: BinaryDetector,
  limit: number,
): Promise<Features> {
  if (Math.min(raster.width, raster.height) < SMALLEST_SIDE) return NOTHING
  const smaller = await reduce(raster, MOST_PIXELS[name], codec)
  const { keyPoints, descriptors } = detect(cv, smaller, name, limit)
  const [across, down] = [raster.width / smaller.width, raster.height / smaller.height]
  const toRaster = (point: KeyPoint): KeyPoint => ({
    ...point,
    x: (point.x + 0.5) * across - 0.5,
    y: (point.y + 0.5) * down - 0.5,
    size: point.size * across,
  })
  return { keyPoints: keyPoints.map(toRaster), descriptors }
}

const NOTHING: Features = { keyPoints: [], descriptors: { kind: 'bits', bytes: UNIT_BYTES, data: new Uint8Array() } }

async function reduce(raster: Raster, pixels: number, codec: Codec): Promise<Raster> {
  const factor = Math.sqrt(pixels / (raster.width * raster.height))
  if (factor >= 1) return raster
  return codec.shrink(raster, { width: raster.width * factor, height: raster.height * factor })
}

function detect(cv: OpenCv, raster: Raster, name: BinaryDetector, limit: number): Features {
  const owned: Deletable[] = []
  const own = <T extends Deletable>(thing: T): T => {
    owned.push(thing)
    return thing
  }
  try {
    const image = own(new cv.Mat(raster.height, raster.width, cv.CV_8UC1))
    writeGray(raster, image.data)
    const points = own(new cv.KeyPointVector())
    const rows = own(new cv.Mat())
    own(create(cv, name)).detectAndCompute(image, own(new cv.Mat()), points, rows)
    return read(points, rows, limit)
  } catch (error) {
    if (typeof error !== 'number') throw error
    const { msg } = cv.exceptionFromPtr(error)
    if (!/memory|alloc/i.test(msg)) throw new Error(`OpenCV ${name}: ${msg}`, { cause: error })
    throw new ToolError('too-large', `The picture is too large for ${name}; make it smaller or choose SIFT`, {
      cause: error,
    })
  } finally {
    for (const thing of owned) thing.delete()
  }
}

function create(cv: OpenCv, name: BinaryDetector): Feature2D {
  switch (name) {
    case 'ORB':
      return new cv.ORB(ORB_KEY_POINTS)
    case 'AKAZE':
      return new cv.AKAZE()
    case 'BRISK':
      return new cv.BRISK()
  }
}

/** BT.601 in whole gray levels, as OpenCV reads a picture. */
function writeGray({ data }: Raster, gray: Uint8Array): void {
  for (let i = 0, p = 0; i < gray.length; i++, p += 4) {
    gray[i] = (data[p] * 4899 + data[p + 1] * 9617 + data[p + 2] * 1868 + 8192) >> 14
  }
}

function read(points: KeyPointVector, rows: Mat, limit: number): Features {
  const all = Array.from({ length: points.size() }, (_, i) => points.get(i))
  const byResponse = [...all.keys()].sort((a, b) => all[b].response - all[a].response || a - b)
  const chosen = byResponse.slice(0, limit).sort((a, b) => a - b)
  return {
    keyPoints: chosen.map((i) => ({ ...all[i].pt, size: all[i].size, angle: all[i].angle, response: all[i].response })),
    descriptors: packRows(rows, chosen),
  }
}

/** Rows padded with zeros, which differ in no bit. */
function packRows({ data, cols }: Mat, chosen: readonly number[]): BitDescriptors {
  const bytes = Math.max(1, Math.ceil(cols / UNIT_BYTES)) * UNIT_BYTES
  const packed = new Uint8Array(chosen.length * bytes)
  for (const [to, from] of chosen.entries()) packed.set(data.subarray(from * cols, (from + 1) * cols), to * bytes)
  return { kind: 'bits', bytes, data: packed }
}
