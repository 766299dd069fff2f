import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Raster } from '../../core/raster'
import { erase } from '../../operators/inpaint/erase'
import type { Engine } from '../../operators/inpaint/spec'
import { type Cv2, startCv2 } from './cv2'
import { models } from './face-platform'
import { benchEngines } from './inpaint-engines'
import { saveMask } from './inpaint-quality'
import { hidden } from './inpaint-scenes'
import { photograph } from './pictures'

const SIDES = (process.env.SIDES ?? '512,1024,2048,4096').split(',').map(Number)
const MB = 1e6
const HOLES = [
  // A logo stays as large as it is, whatever the picture; a box grows with it.
  { name: 'small, 96 × 24', size: () => [96, 24] },
  { name: 'large, a quarter of each side', size: (side: number) => [side / 4, side / 4] },
] as const

/** Processor time and memory of each engine, beside OpenCV and beside its own model's runs; one thread each, in turn. */
export async function printSpeed(): Promise<void> {
  const cv2 = startCv2('cv2-inpaint.py')
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-bench-'))
  console.log('side  hole                           engine    all ms   model ms   µs/hole pixel   memory MB')
  for (const side of SIDES) {
    const image = await photograph(side, side)
    for (const { name, size } of HOLES) {
      const [w, h] = size(side)
      const mask = boxMask(side, w, h)
      const row = (engine: string, ms: number, more: string) =>
        console.log(
          `${String(side).padEnd(5)} ${name.padEnd(30)} ${engine.padEnd(8)} ${ms.toFixed(1).padStart(8)} ${more.replace('#', ((1000 * ms) / (w * h)).toFixed(2).padStart(15))}`,
        )
      for (const engine of await benchEngines()) {
        const { bytes } = await spentOn(image, mask, engine) // loads modules and models, and takes the memory they keep
        const { ms, modelMs } = await spentOn(image, mask, engine)
        row(engine, ms, `${modelMs.toFixed(1).padStart(10)} # ${(bytes / MB).toFixed(0).padStart(11)}`)
      }
      for (const method of ['telea', 'ns']) {
        const seconds = await timeOpenCv(image, mask, method, folder, cv2)
        if (seconds !== undefined) row(method, 1000 * seconds, `         — #`)
      }
    }
  }
  cv2?.stop()
  rmSync(folder, { recursive: true })
}

/** In the middle. */
function boxMask(side: number, w: number, h: number): Uint8Array<ArrayBuffer> {
  const mask = new Uint8Array(side * side)
  const [left, top] = [Math.floor((side - w) / 2), Math.floor((side - h) / 2)]
  for (let y = top; y < top + h; y++) mask.fill(255, y * side + left, y * side + left + w)
  return mask
}

const cpuMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function spentOn(image: Raster, data: Uint8Array<ArrayBuffer>, engine: Engine) {
  const { width, height } = image
  const given = hidden(image, data)
  const before = process.memoryUsage.rss()
  let [most, modelMs] = [before, 0]
  const look = async () => {
    most = Math.max(most, process.memoryUsage.rss())
  }
  const timed = {
    has: (model: string) => models.has(model),
    run: async (...call: Parameters<typeof models.run>) => {
      const start = cpuMs()
      const answer = await models.run(...call)
      modelMs += cpuMs() - start
      return answer
    },
    backend: (model: string) => models.backend(model),
    loadMs: () => models.loadMs(),
  }
  const start = cpuMs()
  await erase(given, { width, height, data }, { engine, margin: 0, feather: 0 }, { models: timed, checkpoint: look })
  const ms = cpuMs() - start
  await look()
  return { ms, modelMs, bytes: most - before }
}

async function timeOpenCv(image: Raster, mask: Uint8Array, method: string, folder: string, cv2?: Cv2) {
  if (!cv2) return undefined
  const files = { image: join(folder, 'image.png'), mask: join(folder, 'mask.png') }
  const { width, height, data } = hidden(image, mask)
  await sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .png({ compressionLevel: 1 })
    .toFile(files.image)
  await saveMask(mask, image, files.mask)
  return (await cv2.ask({ ...files, method, radius: 5, out: '' })).seconds
}
