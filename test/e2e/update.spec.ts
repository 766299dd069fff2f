import { expect, test } from '@playwright/test'
import { openStored } from './own-worker'
import { startProxy } from './proxy'

test('a new version waits until the user agrees, then the page is loaded again once', async ({ page, baseURL }) => {
  let appendix = ''
  const site = await startProxy(baseURL ?? '', ({ url }) => (url === '/sw.js' ? { appendix } : {}))
  await openStored(page, `${site.origin}/tools/match-template`)
  let loads = 0
  page.on('load', () => loads++)
  appendix = '\n// the next version'
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  await expect(page.getByText('A new version is ready', { exact: true })).toBeVisible()
  const waiting = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting?.state ?? 'none')
  expect(await waiting()).toBe('installed')
  expect(loads).toBe(0)
  await page.getByRole('button', { name: 'Update' }).click()
  await expect.poll(() => loads).toBe(1)
  await expect.poll(() => waiting().catch(() => 'loading')).toBe('none')
  await page.waitForTimeout(1000) // a second reload would come at once
  expect(loads).toBe(1)
  site.close()
})
