import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { openStored, postTemplate, readTask, watchBodies } from './own-worker'

const forServer = { 'x-darkroom-place': 'server' }
const sample = 'Capacitors on a circuit board'

const serverTasks = async (request: APIRequestContext): Promise<number> =>
  (await (await request.get('/api/v1/tasks')).json()).total

async function runSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: sample }).click()
  await expect(page.getByText(/Ran on (this device|the server)/)).toBeVisible({ timeout: 40_000 })
}

async function turnPrivateOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Private', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Private', exact: true })).toHaveAttribute('aria-pressed', 'true')
}

test('a run on the device sends nothing', async ({ page, context }) => {
  const left = watchBodies(context)
  await openStored(page)
  await runSample(page)
  await expect(page.getByText('Ran on this device')).toBeVisible()
  expect(left).toEqual([])
})

test('a run on the server is seen leaving: the watch is not blind', async ({ page, context, request }) => {
  const left = watchBodies(context)
  const before = await serverTasks(request)
  await openStored(page)
  await page.getByRole('button', { name: 'On this device' }).click()
  await page.getByRole('radio', { name: /^Server/ }).click()
  await page.keyboard.press('Escape')
  await runSample(page)
  await expect(page.getByText('Ran on the server')).toBeVisible()
  expect(left).toEqual([expect.stringContaining('POST')])
  expect(await serverTasks(request)).toBe(before + 1)
})

test('in private mode a run and a REST call stay on the device', async ({ page, context, request }) => {
  const left = watchBodies(context)
  const before = await serverTasks(request)
  await openStored(page)
  await turnPrivateOn(page)
  await runSample(page)
  const { body } = await postTemplate(page)
  await expect.poll(async () => (await readTask(page, body.uid)).status).toBe('done')
  expect(left).toEqual([])
  expect(await serverTasks(request)).toBe(before)
})

test('in private mode whatever a script tries to send is refused', async ({ page, context, request }) => {
  const left = watchBodies(context)
  const before = await serverTasks(request)
  await openStored(page)
  await turnPrivateOn(page)
  expect(await page.evaluate(tryEverything)).toEqual({ fetch: 'refused', put: 'refused', xhr: 'refused' })
  await page.waitForTimeout(500) // a beacon leaves on its own time
  expect(left).toEqual([])
  expect(await serverTasks(request)).toBe(before)
})

test('a tab in automatic mode takes no privacy from another, nor gets any', async ({ page, context, request }) => {
  const left = watchBodies(context)
  await openStored(page)
  await turnPrivateOn(page)
  const other = await context.newPage()
  await openStored(other)
  await other.getByRole('button', { name: 'Private', exact: true }).click()
  await expect(other.getByRole('button', { name: 'Private', exact: true })).toHaveAttribute('aria-pressed', 'false')
  const before = await serverTasks(request)

  expect(await page.evaluate(tryEverything)).toEqual({ fetch: 'refused', put: 'refused', xhr: 'refused' })
  const { body } = await postTemplate(page)
  await expect.poll(async () => (await readTask(page, body.uid)).status).toBe('done')
  expect(left).toEqual([])
  await expect.poll(async () => (await postTemplate(other)).status).toBe(201)
  expect(await serverTasks(request)).toBeGreaterThan(before)

  await page.reload() // it keeps its own choice, though the other tab chose last
  await expect(page.getByRole('button', { name: 'Private', exact: true })).toHaveAttribute('aria-pressed', 'true')
  const now = await serverTasks(request)
  await postTemplate(page, { headers: forServer }).catch(() => {})
  expect(await serverTasks(request)).toBe(now)
})

test('private mode holds when the page is loaded again', async ({ page, context }) => {
  const left = watchBodies(context)
  await openStored(page)
  await turnPrivateOn(page)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Private', exact: true })).toHaveAttribute('aria-pressed', 'true')
  await postTemplate(page, { headers: forServer }).catch(() => {})
  expect(left).toEqual([])
})

test.describe('where no service worker watches', () => {
  test.use({ serviceWorkers: 'block' })

  test('the page itself refuses in private mode, and only then', async ({ page, context, request }) => {
    const left = watchBodies(context)
    const before = await serverTasks(request)
    await page.goto('/tools/match-template')
    await turnPrivateOn(page)
    await expect.poll(() => page.evaluate(tryEverything)).toEqual({ fetch: 'refused', put: 'refused', xhr: 'refused' })
    left.length = 0 // the switch loads its code when first used
    expect(await page.evaluate(tryEverything)).toEqual({ fetch: 'refused', put: 'refused', xhr: 'refused' })
    expect(left).toEqual([])
    expect(await serverTasks(request)).toBe(before)
    await page.getByRole('button', { name: 'Private', exact: true }).click()
    expect(await page.evaluate(tryEverything)).toMatchObject({ fetch: 'answered 422' })
  })
})

/** Runs in the page. */
async function tryEverything() {
  const body = () => {
    const form = new FormData()
    form.set('image', new File([new Uint8Array(2000)], 'a.png'))
    return form
  }
  const toServer = { 'x-darkroom-place': 'server' }
  const verdict = (sent: Promise<Response>) =>
    sent.then(
      ({ status }) => (status === 403 ? 'refused' : `answered ${status}`),
      () => 'refused',
    )
  const xhr = () =>
    new Promise<string>((resolve) => {
      const request = new XMLHttpRequest()
      request.open('POST', '/api/v1/match/template')
      request.setRequestHeader('x-darkroom-place', 'server')
      request.onloadend = () =>
        resolve(request.status === 403 || request.status === 0 ? 'refused' : `${request.status}`)
      try {
        request.send(body())
      } catch {
        resolve('refused')
      }
    })
  navigator.sendBeacon('/api/v1/match/template', body())
  return {
    fetch: await verdict(fetch('/api/v1/match/template', { method: 'POST', body: body(), headers: toServer })),
    put: await verdict(fetch('/collect', { method: 'PUT', body: body() })),
    xhr: await xhr(),
  }
}
