import { opaque } from '../../core/opaque'
import { itemName, type Run, type RunContext } from '../../core/operator'
import type { Raster } from '../../core/raster'
import { alignFace } from './align'
import { detectFaces, FINDER, type FoundBox } from './detect'
import { facePoints } from './landmarks'
import type { Face, findFaces } from './spec'
import { tilesOf } from './tiles'

/** Finds faces in a whole photo, the surest first, and aligns each by its eyes, nose and mouth. */
export const run: Run<typeof findFaces> = async ({ image }, { threshold, detail, max_faces, margin }, ctx) => {
  const photo = opaque(image)
  const tiles = tilesOf(photo, detail)
  const steps = tiles.length + max_faces
  const found = await detectFaces(photo, tiles, threshold, ctx.models, (done) => ctx.checkpoint(done, steps))
  const faces: Face[] = []
  const artefacts: Record<`face-${number}`, Raster> = {}
  for (const [i, box] of found.slice(0, max_faces).entries()) {
    await ctx.checkpoint(tiles.length + i, steps)
    const { face, crop } = await aligned(photo, box, itemName('face', i + 1), margin, ctx)
    faces.push(face)
    artefacts[itemName('face', i + 1)] = crop
  }
  const backend = ctx.models.backend(FINDER)?.name ?? ''
  return { data: { faces_found: found.length, model: FINDER, faces }, artefacts, backend }
}

export const check = () => {}

async function aligned(photo: Raster, box: FoundBox, name: string, margin: number, { models }: RunContext) {
  const points = await facePoints(photo, box, models)
  const landmarks = points.map(([x, y]) => [tenths(x), tenths(y)])
  const { x, y, w, h, score } = box
  const face: Face = { x: tenths(x), y: tenths(y), w: tenths(w), h: tenths(h), score, landmarks, crop: `${name}.png` }
  return { face, crop: await alignFace(photo, points, margin) }
}

/** More digits than that would pretend. */
const tenths = (pixels: number): number => Math.round(pixels * 10) / 10
