import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import type { BenchReport, BenchSuccess } from '../../workers/bench/report'
import { overflow, violations } from './look'
import { openStored, watchBodies } from './own-worker'

const MEASURED = 180_000 // at most, for two quick tools on a busy machine
const FEWEST_RUNS = 3

const results = (page: Page) => page.getByRole('region', { name: 'Tools and results' })
const rowOf = (page: Page, tool: string) => results(page).getByRole('listitem').filter({ hasText: tool })

async function chooseOnly(page: Page, ...tools: string[]): Promise<void> {
  await page.getByRole('button', { name: 'None' }).click()
  for (const tool of tools) await page.getByRole('checkbox', { name: `Measure ${tool}` }).check()
}

/** Returns when all that was chosen is measured. */
async function measure(page: Page): Promise<void> {
  await page.getByLabel('Warm runs of each').selectOption(String(FEWEST_RUNS))
  await page.getByRole('button', { name: /^Run \d/ }).click()
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Stop' })).toBeHidden({ timeout: MEASURED })
}

async function exported(page: Page, type: 'JSON' | 'CSV'): Promise<string> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: `Export ${type}` }).click()
  return readFile(await (await download).path(), 'utf8')
}

test.describe.configure({ timeout: 300_000 })

test('two tools are measured on the device without a network; the figures are exported and compared with another file', async ({
  page,
  context,
}) => {
  const left = watchBodies(context)
  await openStored(page, '/bench')
  await expect(page.getByRole('region', { name: 'This device' })).toContainText(/Processor cores\s*\d/)
  await context.setOffline(true)
  await chooseOnly(page, 'Template matching', 'Chain of matchers')
  const startedAt = Date.now()
  await measure(page)

  const report: BenchReport = JSON.parse(await exported(page, 'JSON'))
  expect(report.results.map(({ tool, backend }) => [tool, backend])).toEqual([
    ['match-template', 'wasm'],
    ['match-chain', 'wasm'],
  ])
  expect(Date.parse(report.made_at)).toBeGreaterThanOrEqual(startedAt)
  expect(report.device.cores).toBeGreaterThan(0)
  const measured = report.results as readonly BenchSuccess[]
  for (const { warm_ms, median_ms, first_ms, computed_by } of measured) {
    expect(warm_ms.length).toBeGreaterThan(0)
    expect(warm_ms.length).toBeLessThanOrEqual(FEWEST_RUNS)
    for (const time of [...warm_ms, median_ms, first_ms]) expect(time).toBeGreaterThan(0)
    expect(computed_by).toContain('WASM')
  }
  const spent = measured.flatMap(({ warm_ms, first_ms }) => [...warm_ms, first_ms]).reduce((sum, time) => sum + time, 0)
  expect(spent).toBeLessThan(Date.now() - startedAt)
  expect((await exported(page, 'CSV')).split('\r\n')).toHaveLength(3)

  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Compare with a file' }).click()
  const other = { ...report, results: measured.map((one) => ({ ...one, median_ms: one.median_ms * 3 })) }
  await (await chooser).setFiles({
    name: 'other.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(other)),
  })
  await expect(results(page)).toContainText('Compared with')
  await expect(rowOf(page, 'Template matching')).toContainText('3× as quick')
  expect(left).toEqual([])
})

// What passes the service worker cannot be kept from a page, and its first visit stores the whole page beside the runs.
test.describe('without a service worker', () => {
  test.use({ serviceWorkers: 'block' })

  test('a run can be stopped, keeps what was measured, and can be begun again', async ({ page }) => {
    await page.goto('/bench')
    await page.getByLabel('Warm runs of each').selectOption('30')
    await page.getByRole('button', { name: /^Run \d+ tools/ }).click()
    await expect(page.getByRole('progressbar', { name: /^Measuring Template matching on WASM/ })).toBeVisible()
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect(page.getByRole('progressbar')).toBeHidden()
    await expect(page.getByRole('status').filter({ hasText: 'Stopped' })).toBeAttached()
    await expect(page.getByRole('button', { name: /^Run \d+ tools/ })).toBeEnabled()
  })

  test('a tool that fails says why and loses no other; a file that is no report is refused', async ({ page }) => {
    await page.route('**/samples/page.jpg', (route) => route.abort())
    await page.goto('/bench')
    await chooseOnly(page, 'Template matching', 'Feature matching')
    await measure(page)
    await expect(rowOf(page, 'Feature matching')).toContainText('/samples/page.jpg could not be loaded')
    await expect(rowOf(page, 'Template matching')).toContainText(/First result\s*[\d.]+ (ms|sec|min)/)
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Compare with a file' }).click()
    await (await chooser).setFiles({ name: 'groups.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
    await expect(page.getByText('groups.json is not a report of this page. format').first()).toBeVisible()
  })

  for (const { width, theme } of [
    { width: 1440, theme: 'dark' },
    { width: 390, theme: 'light' },
  ] as const) {
    test(`nothing is wrong with the page for those who cannot see it, at ${width} pixels, ${theme}`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 844 })
      await page.emulateMedia({ colorScheme: theme })
      await page.goto('/bench')
      await expect(page.getByRole('button', { name: /^Run \d+ tools/ })).toBeEnabled()
      expect(await violations(page)).toEqual([])
      expect(await overflow(page)).toBe(0)
      await page.keyboard.press('Tab')
      await expect(page.getByRole('link', { name: 'Darkroom' })).toBeFocused()
    })
  }
})
