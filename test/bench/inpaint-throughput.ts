import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import type { ModelRunner } from '../../core/ports'
import { run } from '../../operators/inpaint/run'
import { inpaint } from '../../operators/inpaint/spec'
import { codecSharp } from '../../server/adapters/codec-sharp'
import { testContext } from '../support'
import { models, platform } from './face-platform'
import { benchEngines } from './inpaint-engines'
import { drawMask } from './inpaint-scenes'

const BAR = 0.85
const ROUNDS = Number(process.env.ROUNDS ?? 3)
const PHOTO = 'test/fixtures/car.jpg'

/** From a JPEG and a mask to a PNG, beside the engine's own runs within it. */
export async function printThroughput(): Promise<void> {
  const bytes = new Uint8Array(readFileSync(PHOTO))
  const image = await codecSharp.decode(bytes, platform.limits)
  const mask = await sharp(await drawMask('stroke', image, 1), {
    raw: { width: image.width, height: image.height, channels: 1 },
  })
    .png()
    .toBuffer()
  for (const engine of await benchEngines()) {
    if (engine === 'classic') continue // it has no model: all of its work is its own, see `speed`
    const shares: number[] = []
    for (let round = 0; round <= ROUNDS; round++) {
      const { all, bare } = await timeRun(bytes, new Uint8Array(mask), engine)
      if (round > 0) shares.push(bare / all) // the first one loads the model
    }
    const share = shares.sort((a, b) => a - b)[Math.floor(shares.length / 2)]
    console.log(`${engine}: ${(100 * share).toFixed(0)} % of the bare model’s throughput (bar ${100 * BAR} %)`)
  }
}

async function timeRun(image: Uint8Array<ArrayBuffer>, mask: Uint8Array<ArrayBuffer>, engine: string) {
  let bare = 0
  const timed: ModelRunner = {
    has: (model) => models.has(model),
    backend: (model) => models.backend(model),
    loadMs: () => models.loadMs(),
    async run(model, feeds) {
      const start = performance.now()
      const answer = await models.run(model, feeds)
      bare += performance.now() - start
      return answer
    },
  }
  const start = performance.now()
  const inputs = {
    image: await codecSharp.decode(image, platform.limits),
    mask: await codecSharp.decode(mask, platform.limits),
  }
  const sources = { image, mask }
  await run(inputs, inpaint.params.parse({ engine }), testContext({ models: timed, codec: codecSharp, sources }))
  return { all: performance.now() - start, bare }
}
