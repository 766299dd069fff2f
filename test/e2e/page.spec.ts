import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { violations } from './look'

const sample = 'Capacitors on a circuit board'

const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 700

/** On a phone the panel with the result is a sheet behind a button. */
async function openPanel(page: Page): Promise<void> {
  if (isPhone(page)) await page.getByRole('button', { name: /results?$|^Set up$/ }).click()
}

async function runSample(page: Page): Promise<void> {
  await page.goto('/tools/match-template')
  await page.getByRole('button', { name: sample }).click()
  await expect(page.getByLabel('11 boxes over the picture')).toBeVisible({ timeout: 40_000 })
}

test('one click on a sample finds every capacitor on the device', async ({ page }) => {
  await runSample(page)
  await openPanel(page)
  await expect(page.getByText('Ran on this device').filter({ visible: true })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Result table' }).getByRole('row')).toHaveCount(12)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an accessibility check finds nothing before and after a run, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto('/tools/match-template')
    await expect(page.getByRole('button', { name: sample })).toBeVisible()
    expect(await violations(page)).toEqual([])
    await runSample(page)
    expect(await violations(page)).toEqual([])
    await openPanel(page)
    await expect(page.getByText('Ran on this device').filter({ visible: true })).toBeVisible()
    expect(await violations(page)).toEqual([])
  })
}

test('nothing is wider than the window', async ({ page }) => {
  await runSample(page)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})

test('a higher threshold takes boxes away without running again', async ({ page }) => {
  await runSample(page)
  await openPanel(page)
  const table = page.getByRole('region', { name: 'Result table' })
  await expect(table.getByRole('row')).toHaveCount(12)
  await page.getByRole('spinbutton', { name: 'Threshold' }).fill('1')
  await page.keyboard.press('Tab')
  await expect(table.getByRole('row')).toHaveCount(2)
})

test('a file that is no picture fails alone, with a sentence; the rest of the batch ends', async ({ page }) => {
  await page.goto('/tools/match-template')
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  const broken = { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('\x89PNG\r\n\x1a\nnot really') }
  const jpeg = (name: string) => ({ name, mimeType: 'image/jpeg', buffer: readFileSync(`public/samples/${name}`) })
  await (await chosen).setFiles([jpeg('board.jpg'), broken, jpeg('page.jpg')])
  await openPanel(page)
  const template = page.waitForEvent('filechooser')
  await page
    .getByRole('button', { name: /^Template/ })
    .first()
    .click()
  await (await template).setFiles('public/samples/board-part.png')
  await page.getByRole('button', { name: 'Run 3 files' }).click()
  await expect(page.getByText('2 done').first()).toBeAttached({ timeout: 40_000 })
  await expect(page.getByText('1 not done').first()).toBeAttached()
})

test('on a phone one button leads to every tool', async ({ page }) => {
  test.skip(!isPhone(page), 'a wide window has them down its side')
  await page.goto('/tools/match-template')
  await page.getByRole('button', { name: /^Tools\. Open now: Template matching/ }).click()
  const sheet = page.getByRole('dialog', { name: 'Tools' })
  expect(await violations(page)).toEqual([])
  await sheet.getByRole('searchbox').fill('same details')
  await sheet.getByRole('link', { name: /^Feature matching/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Feature matching' })).toBeAttached()
  await expect(sheet).toBeHidden()
})

test('on a phone the edge between two pictures follows a finger', async ({ page, context }) => {
  test.skip(!isPhone(page), 'a mouse does it elsewhere')
  await page.goto('/tools/match-feature')
  await page.getByRole('button', { name: 'A page and its photograph' }).click()
  await page.getByRole('button', { name: 'Layers' }).click({ timeout: 40_000 })
  await page.getByRole('button', { name: 'On each other' }).click()
  const edge = page.getByRole('slider', { name: 'Edge between the pictures' })
  await expect(edge).toHaveAttribute('aria-valuetext', '50%')
  const [sheet, line] = [await page.locator('.sheet').boundingBox(), await edge.boundingBox()]
  if (!sheet || !line) throw new Error('the pictures are not shown')
  const devtools = await context.newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
    devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: x === undefined ? [] : [{ x, y: line.y + line.height * 0.7 }],
    })
  await touch('touchStart', line.x + line.width / 2)
  for (const share of [0.6, 0.7, 0.8]) await touch('touchMove', sheet.x + sheet.width * share)
  await touch('touchEnd')
  await expect(edge).toHaveAttribute('aria-valuetext', '80%')
})

for (const [locale, heading] of [
  ['ru-RU', 'Поиск по шаблону'],
  ['zh-CN', '模板匹配'],
] as const) {
  test.describe(locale, () => {
    test.use({ locale })
    test('speaks the language of the browser', async ({ page }) => {
      await page.goto('/tools/match-template')
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute('lang', locale.slice(0, 2))
    })
  })
}

test('no request goes to another host, and nothing breaks the content policy', async ({ page, baseURL }) => {
  const strangers: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(`${baseURL}/`)) strangers.push(request.url())
  })
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await runSample(page)
  expect(strangers).toEqual([])
  expect(complaints).toEqual([])
})
