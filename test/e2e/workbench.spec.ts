import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, type Page, test } from '@playwright/test'
import { board, broken, choose, part, rows, run } from './bench'
import { violations } from './look'

const boxes = (page: Page) => page.getByRole('img', { name: /boxes over the picture/ })

test.beforeEach(({ page }) => page.goto('/tools/match-template'))

test('settings are in the link and are remembered', async ({ page }) => {
  await page.goto('/tools/match-template?threshold=0.93&method=TM_SQDIFF_NORMED')
  await expect(page.getByRole('spinbutton', { name: /^Threshold/ })).toHaveValue('0.93')
  await page.getByRole('spinbutton', { name: /^Most results/ }).fill('7')
  await expect(page).toHaveURL(/max_results=7/)
  await page.goto('/tools/match-template')
  await expect(page).toHaveURL(/threshold=0.93.*max_results=7|max_results=7.*threshold=0.93/)
})

test('a setting that needs another run says so; a live one does not', async ({ page }) => {
  const outdated = page.getByRole('complementary').getByText('have changed since')
  await choose(page, 'Choose files', [board, part])
  await run(page)
  await expect(rows(page)).toHaveCount(11)
  await page.getByRole('spinbutton', { name: /^Most results/ }).fill('4')
  await expect(rows(page)).toHaveCount(4)
  await expect(outdated).toBeHidden()
  await page.getByRole('switch', { name: 'Ignore colour' }).click()
  await expect(outdated).toBeVisible()
})

test('a missing picture and a broken one are told where they belong', async ({ page }) => {
  await choose(page, 'Choose files', [board])
  await run(page)
  await expect(page.getByText('Add a picture here: Template.')).toBeVisible()
  await choose(page, /^Template/, [broken])
  await run(page)
  await expect(page.getByRole('alert').filter({ hasText: 'Template' })).toBeVisible()
})

test('a template larger than the image is refused with both sizes', async ({ page }) => {
  await choose(page, 'Choose files', [part])
  await choose(page, /^Template/, [board])
  await run(page)
  await expect(page.getByRole('alert').filter({ hasText: /1,200 × 800/ })).toBeVisible()
})

test('all that is wrong is listed, a line for each, and every line leads to its control', async ({ page }) => {
  await choose(page, 'Choose files', [{ ...broken, name: 'one.png' }])
  await choose(page, /^Template/, [{ ...broken, name: 'two.png' }])
  await run(page)
  const lines = page.getByRole('alert').getByRole('listitem')
  await expect(lines).toHaveText([/^Image: The file is not a picture/, /^Template: The file is not a picture/])
  await lines.getByRole('button', { name: 'Template' }).click()
  await expect(page.getByRole('complementary').getByRole('button', { name: /^Template/ })).toBeFocused()
})

test.describe('in Russian', () => {
  test.use({ locale: 'ru-RU' })
  test('what is wrong is said without a word of English', async ({ page }) => {
    await choose(page, 'Выбрать файлы', [part])
    await choose(page, /^Шаблон/, [board])
    await page.getByRole('button', { name: /^Запустить/ }).click()
    await expect(page.getByRole('alert').getByRole('listitem')).toHaveText(
      /^Шаблон: Шаблон \(1\s200 × 800\) больше снимка \([^a-z]+$/,
    )
  })
})

test('tools are found by what they do, with the keyboard alone', async ({ page }) => {
  await page.keyboard.press('t')
  const sheet = page.getByRole('dialog', { name: 'Tools' })
  await expect(sheet.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('3d scan')
  await expect(sheet.getByRole('link')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Surface matching' })).toBeAttached()
  await expect(sheet).toBeHidden()
})

test('the list of tools folds to icons and stays so', async ({ page }) => {
  const rail = page.getByRole('navigation', { name: 'Tools' })
  const before = (await rail.boundingBox())?.width ?? 0
  await rail.getByRole('button', { name: 'Fold' }).click()
  await page.reload()
  await expect(rail.getByRole('button', { name: 'Unfold' })).toBeVisible()
  expect((await rail.boundingBox())?.width).toBeLessThan(before / 2)
  await expect(rail.getByRole('link', { name: 'Feature matching' })).toBeVisible()
})

test('a batch retries what failed, and is saved as one file', async ({ page }) => {
  await choose(page, 'Choose files', [board, part])
  const another = { name: 'another.jpg', mimeType: 'image/jpeg', buffer: readFileSync(board) }
  await choose(page, /^Image/, [broken, another])
  await run(page)
  const strip = page.getByRole('region', { name: 'Batch' })
  await expect(strip.getByText('2 done')).toBeVisible({ timeout: 40_000 })
  await expect(strip.getByRole('button', { name: 'broken.png: failed' })).toBeVisible()
  await strip.getByRole('button', { name: 'Retry what is not done' }).click()
  await expect(strip.getByText('1 not done')).toBeVisible()
  const saved = page.waitForEvent('download')
  await strip.getByRole('button', { name: 'All as ZIP' }).click()
  expect((await saved).suggestedFilename()).toBe('match-template.zip')
})

test('clearing can be undone, results included', async ({ page }) => {
  await choose(page, 'Choose files', [board, part])
  await run(page)
  await expect(rows(page)).toHaveCount(11)
  await page.getByRole('button', { name: 'Clear' }).click()
  await expect(page.getByRole('heading', { name: 'Drop a picture here' })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rows(page)).toHaveCount(11)
})

test('a part of the picture can be marked and is found again', async ({ page }) => {
  await choose(page, 'Choose files', [board])
  await page.getByRole('button', { name: 'Mark in the picture', exact: true }).click()
  const stop = page.getByRole('button', { name: 'Cancel', exact: true })
  await expect(stop).toBeVisible()
  const picture = await page.getByRole('img', { name: 'board.jpg' }).boundingBox()
  if (!picture) throw new Error('the picture is not shown')
  const at = (x: number, y: number) => [picture.x + picture.width * x, picture.y + picture.height * y] as const
  await page.mouse.move(...at(0.24, 0.22))
  await page.mouse.down()
  await page.mouse.move(...at(0.3, 0.3))
  await page.mouse.move(...at(0.4, 0.4))
  await page.mouse.up()
  await expect(stop).toBeHidden() // it is cut out beside the page
  await run(page)
  await expect(rows(page).first()).toContainText(/1\.0000|0\.99\d\d/)
})

test('keys zoom, hold the original and explain themselves', async ({ page }) => {
  await page.getByRole('button', { name: 'Capacitors on a circuit board' }).click()
  await expect(boxes(page)).toBeVisible()
  await page.keyboard.press('1')
  await expect(page.getByRole('button', { name: '100%' })).toBeVisible()
  await page.keyboard.down('b')
  await expect(boxes(page)).toBeHidden()
  await page.keyboard.up('b')
  await expect(boxes(page)).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
})

test('the language that was chosen stays', async ({ page }) => {
  await page.getByRole('button', { name: 'Language' }).click()
  await page.getByRole('menuitemradio', { name: 'Русский' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Перетащите снимок сюда' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
})

test('the theme that was chosen stays, whatever the system prefers', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Light' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await page.reload({ waitUntil: 'commit' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
})

test('the same run is shown as code, with the settings of now', async ({ page }) => {
  await page.goto('/tools/match-template?threshold=0.91')
  await page.getByRole('button', { name: 'Code' }).click()
  await expect(page.getByRole('tabpanel')).toContainText('-F threshold=0.91')
  await page.getByRole('tab', { name: 'Python' }).click()
  await expect(page.getByRole('tabpanel')).toContainText('"threshold": "0.91"')
})

for (const [name, open] of [
  ['place', (page: Page) => page.getByRole('button', { name: 'On this device' }).click()],
  ['code', (page: Page) => page.getByRole('button', { name: 'Code' }).click()],
  ['keys', (page: Page) => page.getByRole('button', { name: 'Keys' }).click()],
] as const) {
  test(`an accessibility check finds nothing in the ${name} sheet`, async ({ page }) => {
    await open(page)
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.waitForTimeout(400) // what fades in has low contrast on its way
    expect(await violations(page)).toEqual([])
  })
}

test('the first page weighs at most 200 kB of script, gzip', async ({ browser, baseURL }) => {
  const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage()
  const scripts: Promise<number>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') {
      scripts.push(response.body().then((body) => gzipSync(body).length))
    }
  })
  await page.goto(`${baseURL}/tools/match-template`)
  await page.waitForLoadState('networkidle')
  const sizes = await Promise.all(scripts)
  expect(sizes.length).toBeGreaterThan(3)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(200_000)
})

test('every response keeps the page isolated, and no page allows inline scripts', async ({ request }) => {
  for (const path of ['/', '/tools/match-template', '/nowhere', '/theme.js', '/manifest.webmanifest', '/sw.js']) {
    const headers = (await request.get(path)).headers()
    expect(headers['cross-origin-opener-policy'], path).toBe('same-origin')
    expect(headers['cross-origin-embedder-policy'], path).toBe('require-corp')
    expect(headers['cross-origin-resource-policy'], path).toBe('same-origin')
  }
  for (const path of ['/', '/tools/match-template', '/nowhere']) {
    const policy = (await request.get(path)).headers()['content-security-policy']
    const scripts = policy.split(';').find((rule) => rule.trim().startsWith('script-src'))
    expect(scripts).toContain("'self'")
    expect(scripts).not.toContain('unsafe-inline')
    expect(policy).toContain("frame-ancestors 'none'")
  }
})
