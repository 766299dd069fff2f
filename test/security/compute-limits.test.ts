import { existsSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createApp } from '../../server/api/app'
import { ComputePool } from '../../server/compute/pool'
import type { Run } from '../../server/compute/protocol'
import { form } from '../api/support'
import { dataFolder, FAKE_CHILD, startServices, testConfig } from '../server/support'

const isWatched = existsSync('/proc/self/status')

const run = (behave: string): Run => ({ kind: 'run', tool: '', params: { behave }, inputs: {}, results: '' })

test.skipIf(!isWatched)('a run that takes more memory than it may is ended at once, and the pool heals', async () => {
  const { pixels, logLevel } = testConfig({})
  const settings = { dataDir: '', pixels, logLevel, mostBytes: 300e6 }
  const pool = new ComputePool({ runs: 1, inspections: 0, entry: FAKE_CHILD, settings })
  onTestFinished(() => pool.close())
  await expect(pool.call(run('swell'))).rejects.toMatchObject({
    code: 'too-large',
    message: expect.stringContaining('more than 300 MB of memory'),
  })
  await expect(pool.call(run('succeed'))).resolves.toBeDefined()
})

/** Grains, in which a square of one colour could be found. */
async function grains(): Promise<File> {
  const data = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * i * 31) & 255)
  const file = await sharp(data, { raw: { width: 64, height: 64, channels: 3 } })
    .png()
    .toBuffer()
  return new File([new Uint8Array(file)], 'grains.png')
}

/** A PNG of one colour whose header says how large it is, whatever it holds. */
async function pngOf(width: number, height: number, says = { width, height }): Promise<File> {
  const file = await sharp({ create: { width, height, channels: 3, background: '#345' } })
    .png({ compressionLevel: 9 })
    .toBuffer()
  file.writeUInt32BE(says.width, 16)
  file.writeUInt32BE(says.height, 20)
  file.writeUInt32BE(crc32(file.subarray(12, 29)), 29)
  return new File([new Uint8Array(file)], 'bomb.png')
}

async function serverOf(env: Record<string, string>) {
  const services = await startServices({ DATA_DIR: await dataFolder(), ...env })
  const app = createApp(services.engine)
  const statusOf = async (image: File) => {
    const response = await app.request('/api/v1/match/template', form({ image, template: await grains() }))
    return { status: response.status, text: await response.text() }
  }
  return { statusOf }
}

describe('a picture that is small as a file and large as pixels', () => {
  test('is refused by its header when it is over the limit, and a good one is taken after it', async () => {
    const { statusOf } = await serverOf({})
    const bomb = await statusOf(await pngOf(8, 8, { width: 65_535, height: 65_535 }))
    expect(bomb).toMatchObject({ status: 413, text: expect.stringContaining('65535×65535') })
    const long = await statusOf(await pngOf(8, 8, { width: 29_999, height: 29_999 }))
    expect(long).toMatchObject({ status: 413, text: expect.stringContaining('megapixels') })
    expect((await statusOf(await grains())).status).toBe(201)
  })

  test('whose header is larger than its content is broken, without memory for what is missing', async () => {
    const { statusOf } = await serverOf({ RUN_MEMORY_MB: '800' })
    const hollow = await statusOf(await pngOf(8, 8, { width: 9999, height: 9999 }))
    expect(hollow).toMatchObject({ status: 422, text: expect.stringContaining('broken or cut short') })
  })

  test.skipIf(!isWatched)('is refused when it is within the limit and its process then grows too large', async () => {
    const { statusOf } = await serverOf({ RUN_MEMORY_MB: '200' })
    const { status, text } = await statusOf(await pngOf(8000, 8000))
    expect([status, text]).toEqual([413, expect.stringContaining('of memory and was stopped')])
    expect((await statusOf(await grains())).status).toBe(201)
  })
})
