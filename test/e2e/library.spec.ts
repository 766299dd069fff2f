import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import sharp, { type Sharp } from 'sharp'
import { broken, choose } from './bench'
import { overflow, violations } from './look'

const PROCESSED_MS = 180_000 // the first picture waits for the models to be opened

const sample = (name: string) => readFile(`public/samples/${name}`)

async function pictureOf(name: string, file: Buffer, change: (picture: Sharp) => Sharp = (picture) => picture) {
  const small = await sharp(file).resize(480, 360, { fit: 'cover' }).toBuffer()
  return { name, mimeType: 'image/jpeg', buffer: await change(sharp(small)).jpeg({ quality: 80 }).toBuffer() }
}

/** Three of one picture and two strangers. */
async function planted() {
  const [board, page, street] = await Promise.all(['board.jpg', 'page.jpg', 'street.jpg'].map(sample))
  return Promise.all([
    pictureOf('board.jpg', board),
    pictureOf('board-cropped.jpg', board, (picture) => picture.extract({ left: 40, top: 30, width: 380, height: 290 })),
    pictureOf('board-mirrored.jpg', board, (picture) => picture.flop()),
    pictureOf('page.jpg', page),
    pictureOf('street.jpg', street),
  ])
}

const view = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'What is shown' }).getByRole('button', { name })

const tile = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByTitle(name, { exact: true }) })

test.describe.configure({ mode: 'serial', timeout: 300_000 })

test('an empty library says how to fill it', async ({ page }) => {
  await page.goto('/library')
  await expect(page.getByText('The library is empty')).toBeVisible()
})

test('pictures are added many at once, and a file that is none is named', async ({ page }) => {
  await page.goto('/library')
  await choose(page, 'Add pictures', [...(await planted()), broken])
  const refused = page.getByRole('alert').filter({ hasText: '1 file was not added' })
  await expect(refused).toContainText('broken.png')
  await expect(refused).toContainText('not a picture')
  await refused.getByRole('button', { name: 'Dismiss' }).click()
  await expect(refused).toHaveCount(0)
  for (const { name } of await planted()) await expect(tile(page, name)).toBeVisible()
  await expect(page.getByText(/being processed/)).toHaveCount(0, { timeout: PROCESSED_MS })
})

test('small pictures are shown, not the whole files', async ({ page }) => {
  const files: string[] = []
  page.on('request', (request) => request.url().endsWith('/file') && files.push(request.url()))
  await page.goto('/library')
  const small = tile(page, 'board.jpg').locator('img')
  await expect.poll(() => small.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(256)
  expect(files).toEqual([])
})

test('a filter leaves the pictures that it names, and says so when there are none', async ({ page }) => {
  await page.goto('/library')
  await expect(tile(page, 'page.jpg')).toBeVisible()
  await page.getByRole('combobox', { name: 'State' }).selectOption('Unreadable')
  await expect(page.getByText('No picture is like that.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(tile(page, 'page.jpg')).toBeVisible()
})

test('the copies are a group, with what to keep and the evidence of a pair, laid on each other on the device', async ({
  page,
}) => {
  const left: string[] = []
  page.on('request', (request) => request.method() === 'POST' && left.push(request.url()))
  await page.goto('/library')
  await view(page, /Groups of copies/).click()
  const group = page.getByRole('region', { name: /Group 1/ })
  await expect(group.getByRole('listitem')).toHaveCount(3)
  await expect(group.getByText('Keep')).toHaveCount(1)
  await expect(tile(page, 'page.jpg')).toHaveCount(0)
  await group.getByRole('button', { name: /^Evidence: board-cropped.jpg/ }).click()
  const sheet = page.getByRole('dialog', { name: 'Evidence' })
  await expect(sheet.getByText('An edited copy')).toBeVisible()
  await expect(sheet.getByText('cropped', { exact: false }).first()).toBeVisible()
  const edge = sheet.getByRole('slider', { name: 'Edge between the pictures' })
  await expect(edge).toBeVisible({ timeout: 90_000 })
  await edge.press('End')
  await expect(edge).toHaveAttribute('aria-valuenow', '100')
  await sheet.getByRole('button', { name: 'Difference' }).click()
  await expect(sheet.getByRole('img', { name: 'Difference' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  expect(left).toEqual([])
})

test('a picture is searched for by a file that is not kept', async ({ page }) => {
  await page.goto('/library#search')
  const turned = await pictureOf('turned.jpg', await sample('board.jpg'), (picture) => picture.rotate(90))
  await choose(page, 'Choose a picture', turned)
  await expect(page.getByText('3 copies found')).toBeVisible({ timeout: PROCESSED_MS })
  await expect(page.getByRole('button', { name: 'Evidence for board.jpg' })).toBeVisible()
  await view(page, /Pictures/).click()
  await expect(tile(page, 'board.jpg')).toBeVisible()
  await expect(tile(page, 'turned.jpg')).toHaveCount(0)
})

test('a pair is set aside for good, and taken back', async ({ page }) => {
  await page.goto('/library')
  await page.getByRole('button', { name: 'Open board-mirrored.jpg' }).click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByRole('region', { name: 'Copies' }).getByRole('listitem')).toHaveCount(2)
  for (const name of ['board.jpg', 'board-cropped.jpg']) {
    const copy = sheet.getByRole('listitem').filter({ hasText: name })
    await copy.getByRole('button', { name: 'These are no copies' }).click()
    await expect(copy.getByText('set aside')).toBeVisible()
  }
  await page.keyboard.press('Escape')
  await page.reload()
  await view(page, /Groups of copies/).click()
  await expect(page.getByRole('region', { name: /Group 1/ }).getByRole('listitem')).toHaveCount(2)
  await view(page, /Set aside/).click()
  const back = page.getByRole('button', { name: /^Take back/ })
  await expect(back).toHaveCount(2)
  await back.first().click()
  await expect(back).toHaveCount(1)
  await back.click()
  await expect(page.getByText('No pair has been set aside.')).toBeVisible()
})

test('groups are exported as CSV and JSON', async ({ page }) => {
  await page.goto('/library#groups')
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ])
  const lines = (await readFile(await csv.path(), 'utf8')).split('\r\n')
  expect(lines[0]).toContain('group,id,name')
  expect(lines).toHaveLength(4)
  const [json] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export JSON' }).click(),
  ])
  const { groups } = JSON.parse(await readFile(await json.path(), 'utf8'))
  expect(groups).toMatchObject([{ count: 3, best: expect.any(Number) }])
})

test('all but the best are chosen and deleted; until then it can be undone', async ({ page, request }) => {
  const total = async () => (await (await request.get('/api/v1/image/page', { headers: SAME_ORIGIN })).json()).total
  await page.goto('/library#groups')
  const deleteChosen = async () => {
    await page.getByRole('button', { name: 'All but the best of group 1' }).click()
    await expect(page.getByText('2 chosen')).toBeVisible()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await page.getByRole('alert').getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByText('2 pictures are being deleted')).toBeVisible()
    await expect(page.getByText('No copies have been found.')).toBeVisible()
  }
  await deleteChosen()
  expect(await total()).toBe(5)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('region', { name: /Group 1/ }).getByRole('listitem')).toHaveCount(3)
  await deleteChosen()
  await expect.poll(total).toBe(3)
  await expect(page.getByText('2 pictures are being deleted')).toHaveCount(0)
})

const SAME_ORIGIN = { 'Sec-Fetch-Site': 'same-origin' }

test('a flagged picture is blurred until somebody presses', async ({ page }) => {
  await page.route('**/api/v1/image/page?*', async (route) => {
    const response = await route.fetch({ headers: { ...route.request().headers(), ...SAME_ORIGIN } })
    const body = await response.json()
    const images = body.images.map((image: { name: string }) =>
      image.name === 'street.jpg' ? { ...image, policy: 'review' } : image,
    )
    await route.fulfill({ response, json: { ...body, images } })
  })
  await page.goto('/library')
  const picture = tile(page, 'street.jpg').locator('img')
  await expect(picture).toHaveCSS('filter', /blur/)
  await expect(tile(page, 'page.jpg').locator('img')).toHaveCSS('filter', 'none')
  await page.getByRole('button', { name: 'Show street.jpg' }).click()
  await expect(picture).toHaveCSS('filter', 'none')
})

test('private mode says why there is nothing to see, and nothing is asked', async ({ page }) => {
  const asked: string[] = []
  page.on('request', (request) => request.url().includes('/api/v1/image') && asked.push(request.url()))
  await page.addInitScript(() => localStorage.setItem('darkroom.mode', '"private"'))
  await page.goto('/library')
  await expect(page.getByText(/Private mode is on/)).toBeVisible()
  expect(asked).toEqual([])
})

test('says that the server does not answer, and loads once it does', async ({ page }) => {
  await page.route('**/api/v1/image/**', (route) => route.abort())
  await page.goto('/library')
  await expect(page.getByRole('alert').filter({ hasText: 'The server does not answer' })).toBeVisible()
  await page.unroute('**/api/v1/image/**')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(tile(page, 'page.jpg')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an accessibility check finds nothing, and nothing is too wide, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto('/library#pictures')
      await expect(tile(page, 'page.jpg')).toBeVisible()
      expect(await violations(page)).toEqual([])
      expect(await overflow(page)).toBeLessThanOrEqual(0)
    }
  })
}

test('opens beside the tool that it is opened from', async ({ page, context }) => {
  await page.goto('/tools/compare-copies')
  const opened = context.waitForEvent('page')
  await page.getByRole('link', { name: 'Library' }).first().click()
  await expect((await opened).getByRole('heading', { name: 'Library' })).toBeVisible()
})
