import type { IncomingMessage } from 'node:http'
import { expect, type Page, test } from '@playwright/test'
import { openStored } from './own-worker'
import { startProxy } from './proxy'

const SAMPLE = '/samples/table.webp'

const isStored = (page: Page, path: string) =>
  page.evaluate(async (url) => (await caches.match(url, { ignoreSearch: true })) !== undefined, path)

/** A request of the service worker for a piece of the page's code; the page itself asks for scripts as such. */
const isStoredCode = ({ url = '', headers }: IncomingMessage) =>
  url.startsWith('/_next/static/chunks/') && headers['sec-fetch-dest'] === 'empty'

test('a sample that is missing does not keep the page from working offline, and is stored once it is there', async ({
  page,
  context,
  baseURL,
}) => {
  let isMissing = true
  const site = await startProxy(baseURL ?? '', ({ url }) => (url === SAMPLE && isMissing ? { status: 404 } : {}))
  await openStored(page, `${site.origin}/tools/match-template`)
  expect(await isStored(page, SAMPLE)).toBe(false)
  await context.setOffline(true)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
  await context.setOffline(false)

  isMissing = false
  const devtools = await context.newCDPSession(page)
  await devtools.send('ServiceWorker.enable')
  await devtools.send('ServiceWorker.stopAllWorkers') // as a browser does after half a minute
  await page.reload()
  await expect.poll(() => isStored(page, SAMPLE), { timeout: 30_000 }).toBe(true)
  site.close()
})

test('code that is missing for a moment is asked for again', async ({ page, baseURL }) => {
  let refusals = 0
  const site = await startProxy(baseURL ?? '', (asked) => {
    if (!isStoredCode(asked) || refusals >= 2) return {}
    refusals++
    return { status: 503 }
  })
  await openStored(page, `${site.origin}/tools/match-template`)
  expect(refusals).toBe(2)
  site.close()
})

test('a version whose code is not all there is not installed: the page goes on from the network', async ({
  page,
  baseURL,
}) => {
  let refused = ''
  const site = await startProxy(baseURL ?? '', (asked) => {
    if (refused === '' && isStoredCode(asked)) refused = asked.url ?? ''
    return isStoredCode(asked) && asked.url === refused ? { status: 404 } : {}
  })
  await page.goto(`${site.origin}/tools/match-template`)
  await expect.poll(() => refused).not.toBe('')
  const registered = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()) !== undefined)
  await expect.poll(registered, { timeout: 30_000 }).toBe(false)
  await page.getByRole('button', { name: 'Capacitors on a circuit board' }).click()
  await expect(page.getByText('Ran on this device')).toBeVisible({ timeout: 40_000 })
  site.close()
})
