import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { openStored } from './own-worker'

/** Asks for whole, uncompressed answers, so that text can be added. */
const plain = ({
  'accept-encoding': _,
  'if-none-match': __,
  'if-modified-since': ___,
  ...headers
}: IncomingHttpHeaders) => headers

/** The server behind a proxy that, once told so, serves the next version of the service worker. */
async function deploy(origin: string): Promise<{ origin: string; release(): void; close(): void }> {
  let appendix = ''
  const proxy: Server = createServer((asked, answer) => {
    const onward = request(
      new URL(asked.url ?? '/', origin),
      { method: asked.method, headers: plain(asked.headers) },
      (found) => {
        const isWorker = asked.url === '/sw.js'
        const { 'content-length': _, ...headers } = found.headers
        answer.writeHead(found.statusCode ?? 500, isWorker ? headers : found.headers)
        found.pipe(answer, { end: !isWorker })
        if (isWorker) found.on('end', () => answer.end(appendix))
      },
    )
    asked.pipe(onward)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    release: () => {
      appendix = '\n// the next version'
    },
    close: () => proxy.close().closeAllConnections(),
  }
}

test('a new version waits until the user agrees, then the page is loaded again once', async ({ page, baseURL }) => {
  const site = await deploy(baseURL ?? '')
  await openStored(page, `${site.origin}/tools/match-template`)
  let loads = 0
  page.on('load', () => loads++)
  site.release()
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
