import { expect, type Page, test } from '@playwright/test'

/** What the page asks of other hosts, and what the browser complains about, such as a breach of the CSP. */
function complaints(page: Page, ours = ''): string[] {
  const found: string[] = []
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== ours) found.push(`asked ${request.url()}`)
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') found.push(message.text())
  })
  page.on('pageerror', (error) => found.push(error.message))
  return found
}

test('Swagger UI lists the tools and runs one, asking nobody else', async ({ page, baseURL }) => {
  const found = complaints(page, baseURL)
  await page.goto('/docs#/Tools/runMatchTemplate')
  await page.getByRole('button', { name: 'Try it out' }).click()
  const files = page.locator('input[type=file]')
  await files.nth(0).setInputFiles('public/samples/board.jpg')
  await files.nth(1).setInputFiles('public/samples/board-part.png')
  await page.getByRole('button', { name: 'Execute' }).click()
  await expect(page.locator('.live-responses-table .response').first()).toContainText('201')
  expect(found).toEqual([])
})

test('ReDoc lists the tools and finds words, asking nobody else', async ({ page, baseURL }) => {
  const found = complaints(page, baseURL)
  await page.goto('/redoc')
  await expect(page.getByRole('heading', { name: 'Template matching' })).toBeVisible()
  await page.getByPlaceholder('Search...').fill('cancel')
  await expect(page.getByRole('search').getByText('Cancel a task')).toBeVisible()
  expect(found).toEqual([])
})
