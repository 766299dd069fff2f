import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'

const PICTURE = readFileSync('public/samples/folder.png')
const NAME = '<img src=x onerror="window.wasRun=true">.png'
const file = { name: NAME, mimeType: 'image/png', buffer: PICTURE }

/** Whether the name has become a part of the page, or has run. */
const harm = (page: Page) =>
  page.evaluate(() => ({
    elements: document.querySelectorAll('img[src="x"]').length,
    wasRun: 'wasRun' in window,
  }))

const NONE = { elements: 0, wasRun: false }

async function choose(page: Page): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).first().click()
  const chosen = await chooser
  await chosen.setFiles(chosen.isMultiple() ? [file, { ...file, name: `2${NAME}` }] : file)
}

test('a file whose name is HTML is shown by that name, as text, in every tool', async ({ page, request }) => {
  test.slow()
  const { tools }: { tools: readonly Tool[] } = await (await request.get('/api/v1/tools')).json()
  let shown = 0
  for (const { id } of tools.filter(({ inputs }) => inputs[0].kind !== 'cloud')) {
    await page.goto(`/tools/${id}`)
    await choose(page)
    await expect(page.locator('canvas, img[src^="blob:"]').first(), id).toBeAttached()
    expect([id, await harm(page)]).toEqual([id, NONE])
    shown += await page.getByText('onerror').count()
  }
  expect(shown).toBeGreaterThan(0)
})

interface Tool {
  readonly id: string
  readonly inputs: readonly { readonly kind: string }[]
}

test('a picture of the library whose name is HTML is shown by that name, as text', async ({
  page,
  request,
  baseURL,
}) => {
  const multipart = { name: NAME, file, model_name: 'own-model' }
  const headers = { 'Sec-Fetch-Site': 'same-origin', Origin: baseURL ?? '' }
  const response = await request.post('/api/v1/image', { multipart, headers })
  expect(response.status()).toBe(201)
  await page.goto('/library')
  await expect(page.locator('[src*="/thumbnail"], [alt*="onerror"]').first()).toBeAttached()
  expect(await harm(page)).toEqual(NONE)
  const { id } = await response.json() // others test that the library is empty
  expect((await request.delete(`/api/v1/image/${id}`, { headers })).status()).toBe(204)
})

test('HTML that got into the page all the same could run nothing: the policy permits no script without its nonce', async ({
  page,
}) => {
  await page.goto('/tools/match-template')
  const refused = page.waitForEvent('console', (message) => /Content Security Policy/.test(message.text()))
  await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), NAME)
  await refused
  expect(await harm(page)).toEqual({ elements: 1, wasRun: false })
})
