import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, type Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import { choose, run } from '../e2e/bench'
import { findChromium } from '../e2e/chromium'
import { openStored } from '../e2e/own-worker'

const ADDRESS = process.env.PAGE ?? 'http://127.0.0.1:8080'
const PHOTOS = Number(process.env.PHOTOS ?? 50)
const TOOL = '/tools/cover-plates'
const LONG_MS = 540_000
const SMOOTH_MS = 1000 / 60

/** A batch on the page of a running server, without network: its time, how smoothly the page goes on, and what its ZIP has. */
export async function printPage(): Promise<void> {
  if (!(await isUp())) {
    return console.log(`No page answers at ${ADDRESS}: start one with npm start, or name another address in PAGE.`)
  }
  const browser = await chromium.launch({ ...(await findChromium()), args: ['--no-sandbox'] })
  try {
    const context = await browser.newContext({ baseURL: ADDRESS, locale: 'en-US' })
    await measure(await context.newPage())
  } finally {
    await browser.close()
  }
}

const isUp = (): Promise<boolean> =>
  fetch(`${ADDRESS}/health/ready`)
    .then(({ ok }) => ok)
    .catch(() => false)

async function measure(page: Page): Promise<void> {
  page.setDefaultTimeout(LONG_MS)
  await openStored(page, TOOL)
  await page.getByRole('button', { name: 'A car in the yard' }).first().click() // fetches and opens the models
  await page
    .getByRole('button', { name: /^Plates \d+, / })
    .first()
    .waitFor()
  await page.context().setOffline(true)
  await page.goto(TOOL)
  await choose(page, 'Choose files', photos())
  await page.evaluate(RECORD_FRAMES)
  const start = performance.now()
  await run(page)
  const strip = page.getByRole('region', { name: 'Batch' })
  await strip
    .getByText(/^[1-9]\d* done/)
    .first()
    .waitFor()
  const first = performance.now() - start
  await expect(strip.getByText(`${PHOTOS} done`)).toBeVisible({ timeout: LONG_MS })
  const total = performance.now() - start
  const frames = ((await page.evaluate('globalThis.frames')) as number[]).toSorted((a, b) => a - b)
  console.log(
    `${PHOTOS} photos offline: ${seconds(total)}, ${seconds(total / PHOTOS)} each; the first after ${seconds(first)}`,
  )
  printFrames(frames)
  printZip(await savedZip(page))
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`

/** The two photos of the tests by turns, without and with tiles. */
function photos() {
  const files = ['car.jpg', 'street.jpg'].map((name) => readFileSync(join('test/fixtures', name)))
  return Array.from({ length: PHOTOS }, (_, i) => ({
    ...{ name: `photo-${i}.jpg`, mimeType: 'image/jpeg', buffer: files[i % files.length] },
  }))
}

/** Written as text: what a loader adds to functions is not there on the page. */
const RECORD_FRAMES = `{
  const frames = (globalThis.frames = [])
  let last = performance.now()
  const next = (now) => {
    frames.push(now - last)
    last = now
    requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
}`

function printFrames(sorted: readonly number[]): void {
  const at = (share: number) =>
    `${sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1)} ms`
  const smooth = sorted.filter((ms) => ms < 1.5 * SMOOTH_MS).length / sorted.length
  const figures = `median ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, longest ${at(1)}`
  console.log(`${sorted.length} frames: ${figures}; ${(100 * smooth).toFixed(1)} % at 60 a second`)
}

async function savedZip(page: Page): Promise<Record<string, Uint8Array>> {
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-bench-'))
  const path = join(folder, 'all.zip')
  const saving = page.waitForEvent('download')
  await page.getByRole('region', { name: 'Batch' }).getByRole('button', { name: 'All as ZIP' }).click()
  await (await saving).saveAs(path)
  const entries = unzipSync(readFileSync(path))
  rmSync(folder, { recursive: true })
  return entries
}

/** How many covered photos there are, and how many of them a receipt names by their hash. */
function printZip(entries: Readonly<Record<string, Uint8Array>>): void {
  const ending = (text: string) => Object.entries(entries).filter(([name]) => name.endsWith(text))
  const hashes = new Set(ending('.webp').map(([, bytes]) => createHash('sha256').update(bytes).digest('hex')))
  const receipts = ending('.json').map(([, bytes]) => JSON.parse(Buffer.from(bytes).toString()))
  const proven = receipts.filter((receipt) => hashes.has(receipt.output?.sha256)).length
  console.log(
    `ZIP: ${ending('.webp').length} covered photos, ${receipts.length} JSON files, ${proven} receipts of these photos`,
  )
}
