// How long it takes to make a model's input of a decoded picture, beside sharp (one thread) with a plain loop for the
// normalising and planes. Rounds are interleaved: this machine's other work hits both alike. Timed is, on both sides:
// RGBA in memory → letterboxed, normalised float32 planes. For `warp`: RGBA → the aligned 112×112 crop of a face.
import sharp from 'sharp'
import { toTensor } from '../../core/preprocess/to-tensor'
import { warp } from '../../core/preprocess/warp'
import type { Raster, Size } from '../../core/raster'
import type { Preprocess } from '../../models/model'
import { photograph } from './pictures'

const ROUNDS = 9
const MEAN = [123.675, 116.28, 103.53] as const
const STD = [58.395, 57.12, 57.375] as const

sharp.concurrency(1)

const boxed = ({ width, height }: Size): Preprocess => ({
  ...{ width, height, fit: 'letterbox', anchor: 'center', pad: 0, order: 'rgb', layout: 'nchw' },
  mean: MEAN,
  std: STD,
})

for (const [width, height, side] of [
  [1280, 720, 640],
  [1920, 1080, 640],
  [4000, 3000, 640],
  [4000, 3000, 224],
  [92, 112, 640],
] as const) {
  const picture = await photograph(width, height)
  const target = { width: side, height: side }
  await compare(
    `${width}×${height} → ${side}×${side}`,
    async () => (await toTensor(picture, boxed(target))).tensor.data[5],
    async () => (await bySharp(picture, target))[5],
  )
}

const photo = await photograph(1920, 1080)
const turn = [0.3, 0.05, -200, -0.05, 0.3, -60]
await compare('warp 1920×1080 → 112×112', async () => (await warp(photo, turn, { width: 112, height: 112 })).data[5])
await compare('warp 1920×1080 → 1920×1080, perspective', async () => {
  return (await warp(photo, [1, 0.1, 5, -0.05, 1, 9, 1e-5, 2e-5, 1], photo)).data[5]
})

async function bySharp({ width, height, data }: Raster, target: Size): Promise<Float32Array> {
  const raw = await sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .resize({ ...target, fit: 'contain', kernel: 'linear', background: '#000' })
    .raw()
    .toBuffer()
  const count = target.width * target.height
  const planes = new Float32Array(3 * count)
  for (let channel = 0; channel < 3; channel++) {
    const scale = 1 / STD[channel]
    for (let i = 0; i < count; i++) planes[channel * count + i] = (raw[i * 3 + channel] - MEAN[channel]) * scale
  }
  return planes
}

/** @param peer gives the same, to be compared with; both return a value so that nothing is optimised away */
async function compare(name: string, ours: () => Promise<unknown>, peer?: () => Promise<unknown>): Promise<void> {
  const times = { ours: [] as number[], peer: [] as number[] }
  for (let round = 0; round <= ROUNDS; round++) {
    const own = await time(ours)
    const other = peer ? await time(peer) : 0
    if (round === 0) continue // compiles
    times.ours.push(own)
    times.peer.push(other)
  }
  const [own, other] = [median(times.ours), median(times.peer)]
  const beside = peer ? `, sharp ${other.toFixed(2)} ms, ratio ${(own / other).toFixed(2)}` : ''
  console.log(`${name}: ${own.toFixed(2)} ms${beside}`)
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
