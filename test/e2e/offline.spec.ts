import { expect, type Page, test } from '@playwright/test'
import { openStored, postTemplate, readTask } from './own-worker'

const sample = 'Capacitors on a circuit board'

const OTHER_PAGES = [
  ['/dashboard', 'Dashboard'],
  ['/library', 'Library'],
  ['/folder', 'Private folder'],
  ['/bench', 'Speed test'],
] as const

test('after the first visit the page loads and runs without network', async ({ page, context }) => {
  await openStored(page)
  await context.setOffline(true)
  await page.reload()
  await page.getByRole('button', { name: sample }).click()
  await expect(page.getByText('Ran on this device')).toBeVisible({ timeout: 40_000 })
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
})

test('every tool and every other page load without network', async ({ page, context }) => {
  await openStored(page, '/')
  await context.setOffline(true)
  const { tools } = await page.evaluate(async () => (await fetch('/api/v1/tools')).json())
  for (const { id, title } of tools) {
    await page.goto(`/tools/${id}`)
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  }
  await page.goto('/tools/match-template?threshold=0.9')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  for (const [path, title] of OTHER_PAGES) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  }
})

test('the same REST call is answered on the device, up to the result files', async ({ page, context }) => {
  await openStored(page)
  await context.setOffline(true)
  const { status, body } = await postTemplate(page)
  expect(status).toBe(201)
  await expect.poll(async () => (await readTask(page, body.uid)).status).toBe('done')
  const task = await readTask(page, body.uid)
  expect(task.ran?.place).toBe('device')
  expect(task.result_data.matches).toEqual([{ x: 0, y: 0, w: 16, h: 16, score: expect.closeTo(1, 4) }])
  for (const path of [`results/${body.uid}/matches.png`, `results/${body.uid}/heatmap.png`]) {
    expect(task.result_files).toContain(path)
    const size = await page.evaluate(async (url) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob())
      return [bitmap.width, bitmap.height]
    }, `/${path}`)
    expect(size[0]).toBeGreaterThan(80)
  }
})

test('tasks of the device are listed newest first, and can be watched and canceled', async ({ page, context }) => {
  await openStored(page)
  await context.setOffline(true)
  const first = await postTemplate(page)
  const second = await postTemplate(page, { side: 2000 })
  const listed = await page.evaluate(async () => (await fetch('/api/v1/tasks?limit=2')).json())
  expect(listed.tasks.map(({ uid }: { uid: string }) => uid)).toEqual([second.body.uid, first.body.uid])
  const events = page.evaluate(async (uid) => (await fetch(`/api/v1/tasks/${uid}/events`)).text(), second.body.uid)
  await page.evaluate((uid) => fetch(`/api/v1/tasks/${uid}`, { method: 'DELETE' }), second.body.uid)
  expect(await events).toContain('"error_code":"canceled"')
  expect(await readTask(page, second.body.uid)).toMatchObject({ status: 'error', error_code: 'canceled' })
})

test('wrong input is refused with the fields that are wrong', async ({ page, context }) => {
  await openStored(page)
  await context.setOffline(true)
  const { status, detail } = await page.evaluate(async () => {
    const body = new FormData()
    body.set('image', new File(['not a picture'], 'a.png'))
    body.set('template', new File([], 'b.png'))
    const response = await fetch('/api/v1/match/template', { method: 'POST', body })
    return { status: response.status, detail: (await response.json()).detail }
  })
  expect(status).toBe(422)
  expect(detail).toMatchObject([{ loc: ['body', 'image'] }, { loc: ['body', 'template'] }])
})

test('a bomb of 900 megapixels is refused by its header', async ({ page, context }) => {
  await openStored(page)
  await context.setOffline(true)
  const answer = await page.evaluate(async () => {
    const side = [0, 0, 0x75, 0x30] // 30000
    const head = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, ...side, ...side, 8, 6]
    const body = new FormData()
    body.set('image', new File([Uint8Array.from(head)], 'bomb.png'))
    body.set('template', new File([Uint8Array.from(head)], 'bomb.png'))
    const response = await fetch('/api/v1/match/template', { method: 'POST', body })
    return { status: response.status, detail: JSON.stringify(await response.json()) }
  })
  expect(answer).toMatchObject({ status: 413, detail: expect.stringContaining('30000×30000') })
})

test('the documentation can be read', async ({ page, context }) => {
  await openStored(page)
  await context.setOffline(true)
  await page.goto('/docs')
  await expect(page.getByText('/api/v1/match/template').first()).toBeVisible()
  await page.goto('/redoc')
  await expect(page.getByRole('heading', { name: 'Template matching' })).toBeVisible()
})

test('tasks outlive the page that computes them', async ({ page, context }) => {
  await openStored(page)
  await context.setOffline(true)
  const uids = await postMany(page)
  await page.reload()
  await allDone(page, uids)
})

test('tasks outlive the service worker that keeps them', async ({ page, context }) => {
  await openStored(page)
  await context.setOffline(true)
  const uids = await postMany(page)
  const devtools = await context.newCDPSession(page)
  await devtools.send('ServiceWorker.enable')
  await devtools.send('ServiceWorker.stopAllWorkers')
  await allDone(page, uids)
})

/** More work than is done when this returns. */
async function postMany(page: Page): Promise<string[]> {
  const answers = await Promise.all(Array.from({ length: 6 }, () => postTemplate(page, { side: 1200 })))
  const uids = answers.map(({ body }) => body.uid)
  const states = await Promise.all(uids.map(async (uid) => (await readTask(page, uid)).status))
  expect(states.filter((state) => state !== 'done')).not.toEqual([])
  return uids
}

async function allDone(page: Page, uids: readonly string[]): Promise<void> {
  for (const uid of uids) {
    await expect.poll(async () => (await readTask(page, uid)).status, { timeout: 40_000 }).toBe('done')
  }
}

test('after clearing the storage nothing is left, and the next visit works offline again', async ({
  page,
  context,
}) => {
  await openStored(page)
  await context.setOffline(true)
  await postTemplate(page)
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Device', exact: true }).click()
  await page.getByRole('button', { name: 'Clear storage' }).click()
  await page.getByRole('alert').getByRole('button', { name: 'Clear' }).click()
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(0)
  await openStored(page)
  await context.setOffline(true)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})
