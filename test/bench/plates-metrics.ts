import type { Detection } from '../../operators/cover-plates/nms'
import { bounds, type Quad } from '../../operators/cover-plates/quad'

export interface Plate {
  readonly quad: Quad
  /** Four corners clicked by hand. */
  readonly exact: boolean
  /** Pixels, at the size the model sees. */
  readonly height: number
  /** Degrees between the line of text and the horizontal. */
  readonly angle: number
}

export interface Labelled {
  readonly source: string
  readonly plates: readonly Plate[]
  /** Plates that nobody annotated: to find them is neither right nor wrong. */
  readonly unlisted: readonly Quad[]
  /** Best first. */
  readonly detections: readonly Detection[]
}

const SAME = 0.5 // IoU of upright boxes
/** Only one plate is annotated in each of its photos: what else is found there is not known to be wrong. */
const INCOMPLETE = 'in_kaggle_v3'

const FALSE = -1
const UNCOUNTED = -2
const SAME_UNLISTED = 0.3

/** For each detection the plate that it found, greedily by score, or FALSE, or UNCOUNTED. */
function owners({ detections, plates, unlisted }: Labelled): number[] {
  const free = new Set(plates.keys())
  return detections.map(({ quad }) => {
    const best = [...free].map((i) => [i, iou(quad, plates[i].quad)] as const).sort((a, b) => b[1] - a[1])[0]
    if (!best || best[1] < SAME) {
      return unlisted.some((other) => iou(quad, other) >= SAME_UNLISTED) ? UNCOUNTED : FALSE
    }
    free.delete(best[0])
    return best[0]
  })
}

/** The lowest score at which there are at most `rate` false alarms a photo. */
export function thresholdAt(photos: readonly Labelled[], rate: number): number {
  const counted = photos.filter(({ source }) => source !== INCOMPLETE)
  const wrong = counted.flatMap((photo) => {
    const found = owners(photo)
    return photo.detections.flatMap(({ score }, i) => (found[i] === FALSE ? score : []))
  })
  const allowed = Math.floor(rate * counted.length)
  return (wrong.sort((a, b) => b - a)[allowed] ?? 0.01) + 1e-6
}

/** The share of plates that are found at a threshold; undefined where there are none. */
export function recall(photos: readonly Labelled[], threshold: number, keep: (plate: Plate) => boolean) {
  let [count, found] = [0, 0]
  for (const photo of photos) {
    const seen = new Set(owners(photo).filter((_, i) => photo.detections[i].score >= threshold))
    for (const [i, plate] of photo.plates.entries()) {
      if (!keep(plate)) continue
      count += 1
      if (seen.has(i)) found += 1
    }
  }
  return { share: count === 0 ? undefined : found / count, count }
}

/** Mean distance of the four corners over the plate's width, for each plate found whose corners were clicked by hand. */
export function cornerErrors(photos: readonly Labelled[], threshold: number): number[] {
  return photos.flatMap((photo) => {
    const found = owners(photo)
    return photo.detections.flatMap(({ score, quad }, i) => {
      const plate = photo.plates[found[i]]
      return plate?.exact && score >= threshold ? cornerError(quad, plate.quad) : []
    })
  })
}

function cornerError(quad: Quad, truth: Quad): number {
  const width = Math.hypot(truth[2] - truth[0], truth[3] - truth[1])
  const distances = [0, 2, 4, 6].map((i) => Math.hypot(quad[i] - truth[i], quad[i + 1] - truth[i + 1]))
  return distances.reduce((sum, distance) => sum + distance, 0) / 4 / width
}

/** Of their upright boxes. */
export function iou(a: Quad, b: Quad): number {
  const [p, q] = [bounds(a), bounds(b)]
  const width = Math.min(p.x + p.width, q.x + q.width) - Math.max(p.x, q.x)
  const height = Math.min(p.y + p.height, q.y + q.height) - Math.max(p.y, q.y)
  if (width <= 0 || height <= 0) return 0
  return (width * height) / (p.width * p.height + q.width * q.height - width * height)
}
