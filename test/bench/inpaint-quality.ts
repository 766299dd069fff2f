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
import { featureDistance } from './inpaint-features'
import { heldOut, hidden, places, readRaster, type Scene } from './inpaint-scenes'
import { gmsd, psnr, ssim } from './inpaint-scores'

const OPENCV = ['telea', 'ns'] as const
const RADIUS = 5 // pixels that OpenCV's methods look around, the usual value
const SHEETS = process.env.SHEETS // a folder: each scene as the engines fill it

type Fill = (scene: Scene) => Promise<Raster | undefined>

/** What each engine makes of the same holes, against the truth. */
export async function printQuality(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-bench-'))
  const cv2 = startCv2('cv2-inpaint.py')
  const unlike = await featureDistance()
  if (!cv2) console.log('python3-opencv is not installed here: its two methods are left out.')
  if (!unlike) console.log('nsfwjs-mobilenet-v2-mid is not installed here: the distance of features is left out.')
  const engines = await fills(cv2, folder)
  const sums = new Map<string, number[]>()
  const add = (key: string, values: readonly number[]) => {
    const sum = sums.get(key) ?? [0, ...values.map(() => 0)]
    sums.set(key, [sum[0] + 1, ...values.map((v, i) => sum[i + 1] + v)])
  }
  for (const scenes of [heldOut(), places()]) {
    for await (const scene of scenes) {
      for (const [name, fill] of Object.entries(engines)) {
        const filled = await fill(scene)
        if (!filled) continue
        const made = pasted(scene, filled)
        const seen = unlike ? await unlike(made, scene.image) : Number.NaN
        const { image, mask } = scene
        add(`${scene.kind} ${name}`, [psnr(made, image, mask), ssim(made, image, mask), gmsd(made, image), seen])
        if (SHEETS) await save(made, join(SHEETS, `${scene.name}-${name}.png`))
      }
    }
  }
  print(sums)
  cv2?.stop()
  rmSync(folder, { recursive: true })
}

/** What an engine makes of a picture whose hole it cannot see. */
export async function fillBy(engine: Engine, image: Raster, mask: Uint8Array<ArrayBuffer>): Promise<Raster> {
  const { width, height } = image
  const options = { engine, margin: 0, feather: 0 }
  const ctx = { models, checkpoint: async () => {} }
  return (await erase(hidden(image, mask), { width, height, data: mask }, options, ctx)).picture
}

async function fills(cv2: Cv2 | undefined, folder: string): Promise<Record<string, Fill>> {
  const ours = (await benchEngines()).map((engine): [string, Fill] => [
    engine,
    ({ image, mask }) => fillBy(engine, image, mask),
  ])
  const theirs = OPENCV.map((method): [string, Fill] => [method, (scene) => byOpenCv(scene, method, folder, cv2)])
  return { ...Object.fromEntries([...ours, ...theirs]), 'MI-GAN, published': async ({ peer }) => peer }
}

async function byOpenCv({ image, mask }: Scene, method: string, folder: string, cv2?: Cv2) {
  if (!cv2) return undefined
  const files = { image: join(folder, 'image.png'), mask: join(folder, 'mask.png'), out: join(folder, 'out.png') }
  await save(hidden(image, mask), files.image)
  await saveMask(mask, image, files.mask)
  await cv2.ask({ ...files, method, radius: RADIUS })
  return readRaster(files.out)
}

const save = ({ width, height, data }: Raster, file: string) =>
  sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .png()
    .toFile(file)

export const saveMask = (mask: Uint8Array, { width, height }: Raster, file: string) =>
  sharp(mask, { raw: { width, height, channels: 1 } })
    .png()
    .toFile(file)

/** Only the hole counts: the rest is the truth, whatever an engine did there. */
function pasted({ image, mask }: Scene, filled: Raster): Raster {
  const data = image.data.slice()
  for (let i = 0; i < mask.length; i++) {
    if (mask[i]) data.set(filled.data.subarray(4 * i, 4 * i + 3), 4 * i)
  }
  return { ...image, data }
}

function print(sums: ReadonlyMap<string, readonly number[]>): void {
  console.log('PSNR and SSIM in the hole: higher is better; GMSD and features (MobileNetV2): lower is better')
  console.log('mask     engine             scenes   PSNR dB    SSIM     GMSD   features')
  for (const [key, [count, ...values]] of [...sums].sort()) {
    const [kind, ...engine] = key.split(' ')
    const [noise, like, gradient, seen] = values.map((v) => v / count)
    const figures = [noise.toFixed(2), like.toFixed(4), gradient.toFixed(4), seen.toFixed(4)].map((f) => f.padStart(9))
    console.log(`${kind.padEnd(8)} ${engine.join(' ').padEnd(18)} ${String(count).padStart(6)}${figures.join('')}`)
  }
}
