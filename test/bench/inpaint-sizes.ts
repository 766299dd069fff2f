import type { Raster } from '../../core/raster'
import { benchEngines } from './inpaint-engines'
import { featureDistance } from './inpaint-features'
import { fillBy } from './inpaint-quality'
import { heldOutPhotos } from './inpaint-scenes'
import { psnr } from './inpaint-scores'

const SIDES = [12, 24, 48, 96, 144] // of square holes, pixels
const PHOTOS = Number(process.env.PHOTOS ?? 16)

/** By the size of the hole, what each engine makes of it: from which size on which one is the better. */
export async function printSizes(): Promise<void> {
  const unlike = await featureDistance()
  const engines = await benchEngines()
  console.log('hole   engine    PSNR dB   features × 1000 (lower is better)')
  for (const side of SIDES) {
    const sums = new Map(engines.map((engine) => [engine, [0, 0, 0]]))
    for await (const image of heldOutPhotos(PHOTOS)) {
      const mask = holeIn(image, side)
      for (const [engine, sum] of sums) {
        const made = await fillBy(engine, image, mask)
        sum[0]++
        sum[1] += psnr(made, image, mask)
        sum[2] += 1000 * ((await unlike?.(made, image)) ?? Number.NaN)
      }
    }
    for (const [engine, [count, noise, seen]] of sums) {
      const figures = [noise / count, seen / count].map((value) => value.toFixed(2).padStart(9)).join('')
      console.log(`${String(side).padEnd(6)} ${engine.padEnd(8)} ${figures}`)
    }
  }
}

/** One square at two fifths of both sides: photos show something there. */
function holeIn({ width, height }: Raster, side: number): Uint8Array<ArrayBuffer> {
  const mask = new Uint8Array(width * height)
  const [left, top] = [Math.round(0.4 * (width - side)), Math.round(0.4 * (height - side))]
  for (let y = top; y < top + side; y++) mask.fill(255, y * width + left, y * width + left + side)
  return mask
}
