import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, type Page, test } from '@playwright/test'
import { violations } from './look'
import { openStored, postTemplate } from './own-worker'

interface Sent {
  readonly uid: string
  readonly signature: unknown
}

/** A receiver on a loopback port: its address, and what it has got so far. */
async function startReceiver() {
  const received: Sent[] = []
  const server = createServer(async (request, response) => {
    const { uid } = JSON.parse(await text(request))
    received.push({ uid, signature: request.headers['x-webhook-signature'] })
    response.writeHead(204).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return { url, received, stop: () => server.close() }
}

const openWebhooks = (page: Page) => page.getByRole('button', { name: 'Webhooks', exact: true }).click()

async function addWebhook(page: Page, url: string): Promise<void> {
  await page.getByLabel('Address').fill(url)
  await page.getByRole('button', { name: 'Add webhook' }).click()
}

test('a webhook is added, told of a task, told again, and removed', async ({ page }) => {
  const { url, received, stop } = await startReceiver()
  await openStored(page)
  await openWebhooks(page)
  await page.getByLabel('Secret').fill('a long random text')
  await addWebhook(page, url)
  const webhook = page.getByRole('listitem').filter({ hasText: url })
  await webhook.getByRole('button', { name: 'Delivery log' }).click()
  await expect(webhook.getByText('Nothing has been sent here yet')).toBeVisible()

  const { uid } = (await postTemplate(page, { headers: { 'x-darkroom-place': 'server' } })).body
  await expect.poll(() => received.length, { timeout: 30_000 }).toBe(1)
  expect(received[0]).toMatchObject({ uid, signature: expect.stringMatching(/^sha256=[0-9a-f]{64}$/) })
  await webhook.getByRole('button', { name: 'Refresh' }).click()
  const delivery = webhook.getByRole('listitem').filter({ hasText: uid })
  await expect(delivery.getByText('delivered')).toBeVisible()
  await expect(delivery.getByText('answer 204')).toBeVisible()
  await expect(delivery.getByText('Template matching: done')).toBeVisible()
  expect(await violations(page)).toEqual([])

  await delivery.getByRole('button', { name: 'Replay' }).click()
  await expect.poll(() => received.map((sent) => sent.uid), { timeout: 30_000 }).toEqual([uid, uid])
  await expect(delivery.getByText('delivered')).toBeVisible()

  await webhook.getByRole('button', { name: `Remove ${url}` }).click()
  await webhook.getByRole('alert').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText(url)).toHaveCount(0)
  stop()
})

test('says at the field why an address is refused', async ({ page }) => {
  await page.goto('/tools/match-template')
  await openWebhooks(page)
  await addWebhook(page, 'file:///etc/passwd')
  await expect(page.getByLabel('Address')).toHaveAccessibleDescription("URL scheme should be 'http' or 'https'")
  await expect(page.getByLabel('Address')).toHaveAttribute('aria-invalid', 'true')
  expect(await violations(page)).toEqual([])
})

test('in private mode webhooks can neither be read nor added', async ({ page }) => {
  await openStored(page)
  await page.getByRole('button', { name: 'Private', exact: true }).click()
  await openWebhooks(page)
  await expect(page.getByText('Private mode is on: nothing is sent from this device.')).toBeVisible()
  await expect(page.getByLabel('Address')).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Add webhook' })).toBeDisabled()
  expect(await violations(page)).toEqual([])
})

test('says that webhooks need the server while there is no network, and lists them once there is', async ({
  page,
  context,
}) => {
  await openStored(page)
  await openWebhooks(page)
  await expect(page.getByText('There are no webhooks yet.')).toBeVisible()
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(page.getByText('The server does not answer.')).toBeVisible()
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(page.getByText('There are no webhooks yet.')).toBeVisible()
})
