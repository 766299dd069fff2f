import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import sharp from 'sharp'
import { overflow, violations } from './look'

const picture = (background: string) =>
  sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .png()
    .toBuffer()

const asFile = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer })

/** Erases a small square, as a program would. */
async function erase(request: APIRequestContext, key: string): Promise<number> {
  const hole = await sharp(await picture('white'))
    .resize(8, 8)
    .toBuffer()
  const mask = await sharp(await picture('black'))
    .composite([{ input: hole, left: 20, top: 20 }])
    .png()
    .toBuffer()
  const multipart = { image: asFile('a.png', await picture('teal')), mask: asFile('m.png', mask) }
  const options = { headers: { 'X-API-Key': key }, multipart, params: { engine: 'classic' } }
  return (await request.post('/api/v1/remove-watermark', options)).status()
}

async function sendText(request: APIRequestContext, key: string): Promise<number> {
  const multipart = { image: asFile('notes.txt', Buffer.from('no picture')) }
  return (await request.post('/api/v1/detect', { headers: { 'X-API-Key': key }, multipart })).status()
}

const rowOf = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Keys' }).getByRole('listitem').filter({ hasText: name })

/** The key that is shown once. */
async function madeKey(page: Page): Promise<string> {
  const notice = page.getByRole('status').filter({ hasText: 'shown now and never again' })
  const key = (await notice.locator('code').textContent()) ?? ''
  expect(key).toMatch(/^dk_[\w-]{20,}$/)
  await notice.getByRole('button', { name: 'I have it' }).click()
  await expect(page.getByText(key)).toHaveCount(0)
  return key
}

async function makeKey(page: Page, name: string): Promise<string> {
  await page.getByLabel('Name of the new key').fill(name)
  await page.getByRole('button', { name: 'Make key' }).click()
  return madeKey(page)
}

test('a key is made and shown once; what it is used for is counted; replaced and revoked, it works no more', async ({
  page,
  request,
}) => {
  await page.goto('/dashboard')
  const key = await makeKey(page, 'Shop')
  await expect(rowOf(page, 'Shop')).toContainText('Never used')
  expect(await erase(request, key)).toBe(200)
  expect(await sendText(request, key)).toBe(400)

  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(rowOf(page, 'Shop')).toContainText('1 succeeded, 1 failed')
  const errors = page.getByRole('region', { name: 'Recent errors' })
  await expect(errors.getByRole('listitem').first()).toContainText('Invalid image format')
  await expect(errors.getByRole('listitem').first()).toContainText('POST /api/v1/detect')
  await expect(errors).not.toContainText('notes.txt')
  await page.getByText('As a table').click()
  await expect(page.getByRole('region', { name: 'Requests per day' }).getByRole('row')).toHaveCount(2)

  await page.getByRole('button', { name: 'Replace the key Shop' }).click()
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.getByRole('alert').getByRole('button', { name: 'Replace' }).click()
  const newer = await madeKey(page)
  expect(newer).not.toBe(key)
  expect(await sendText(request, key)).toBe(401)
  expect(await sendText(request, newer)).toBe(400)

  await page.getByRole('button', { name: 'Revoke the key Shop' }).click()
  await page.getByRole('alert').getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText('1 revoked key')).toBeVisible()
  expect(await sendText(request, newer)).toBe(401)
})

test('a plan is chosen, and its quota holds from then on', async ({ page }) => {
  await page.goto('/dashboard')
  const quota = page.getByRole('main').locator('dl > div').filter({ hasText: 'Quota' })
  await expect(quota).toContainText('No limit')
  await page.getByRole('radio', { name: 'Free' }).check()
  await expect(quota).toContainText('of 10')
  await page.getByRole('radio', { name: 'Enterprise' }).check()
  await expect(quota).toContainText('No limit')
})

test('from another address a key signs in, and only a good one', async ({ page, browser, baseURL }) => {
  await page.goto('/dashboard')
  const key = await makeKey(page, 'Away')
  const context = await browser.newContext({ baseURL, extraHTTPHeaders: { 'X-Forwarded-For': '203.0.113.9' } })
  const away = await context.newPage()
  await away.goto('/dashboard')
  await away.getByLabel('API key').fill('dr_not-a-key')
  await away.getByRole('button', { name: 'Sign in' }).click()
  await expect(away.getByText('That is nobody’s key.')).toBeVisible()
  expect(await violations(away)).toEqual([])
  await away.getByLabel('API key').fill(key)
  await away.keyboard.press('Enter')
  await expect(away.getByText('Signed in as operator')).toBeVisible()
  await expect(rowOf(away, 'Away')).toBeVisible()
  await away.getByRole('button', { name: 'Sign out' }).click()
  await expect(away.getByLabel('API key')).toBeVisible()
  await context.close()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an accessibility check finds nothing, and nothing is too wide, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto('/dashboard')
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 })
      await expect(page.getByRole('region', { name: 'Keys' })).toBeVisible()
      expect(await violations(page)).toEqual([])
      expect(await overflow(page)).toBeLessThanOrEqual(0)
    }
  })
}

test('says that the server does not answer, and loads once it does', async ({ page }) => {
  await page.route('**/api/v1/session', (route) => route.abort())
  await page.goto('/dashboard')
  await expect(page.getByRole('alert').filter({ hasText: 'The server does not answer' })).toBeVisible()
  await page.unroute('**/api/v1/session')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('region', { name: 'Keys' })).toBeVisible()
})

test('opens beside the tool that it is opened from', async ({ page, context }) => {
  await page.goto('/tools/match-template')
  const opened = context.waitForEvent('page')
  await page.getByRole('link', { name: 'Dashboard' }).first().click()
  const dashboard = await opened
  await expect(dashboard.getByRole('heading', { name: 'Dashboard' })).toBeVisible()
  expect(new URL(page.url()).pathname).toBe('/tools/match-template')
})

test.describe('in Russian', () => {
  test.use({ locale: 'ru-RU' })
  test('the page speaks Russian', async ({ page }) => {
    await page.goto('/dashboard')
    await expect(page.getByRole('heading', { name: 'Панель' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Ключи' })).toBeVisible()
  })
})
