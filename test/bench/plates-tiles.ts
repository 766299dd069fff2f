import { readFileSync } from 'node:fs'
import { darkroomPlates } from '../../operators/cover-plates/detect'
import { findPlates } from '../../operators/cover-plates/find'
import { TILINGS, viewsOf } from '../../operators/cover-plates/views'
import { benchPlatform, unhindered } from './plates-host'

/** What tiles cost on a photo of a street, and what they find. */
export async function printTiles(): Promise<void> {
  const { codec, limits, models, modelBatch } = await benchPlatform()
  const street = await codec.decode(new Uint8Array(readFileSync('test/fixtures/street.jpg')), limits)
  for (const tiling of [...TILINGS].reverse()) {
    const views = viewsOf(street, tiling)
    const search = () =>
      findPlates(street, darkroomPlates, { views, lowest: 0.35, checkpoint: unhindered }, { models, modelBatch })
    await search()
    const start = performance.now()
    const found = await search()
    const ms = performance.now() - start
    console.log(
      `${tiling.padEnd(5)} ${String(views.length).padStart(3)} views ${ms.toFixed(0).padStart(6)} ms, ${found.length} found`,
    )
  }
}
