import { expect, test } from '@playwright/test'
import { openStored, postTemplate, readTask } from './own-worker'

const sample = 'Capacitors on a circuit board'

test('after the first visit the page loads and runs without network', async ({ page, context }) => {
  await openStored(page)
  await context.setOffline(true)
  await page.reload()
  await page.getByRole('button', { name: sample }).click()
  await expect(page.getByText('Ran on this device')).toBeVisible({ timeout: 40_000 })
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
})

test('every tool and the first page load without network', async ({ page, context }) => {
  await openStored(page, '/')
  await context.setOffline(true)
  const { tools } = await page.evaluate(async () => (await fetch('/api/v1/tools')).json())
  for (const { id, title } of tools) {
    await page.goto(`/tools/${id}`)
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  }
  await page.goto('/tools/match-template?threshold=0.9')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
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
  const second = await postTemplate(page, { side: 700 })
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

test('a task outlives the page that computes it', async ({ page, context }) => {
  await openStored(page)
  await context.setOffline(true)
  const { body } = await postTemplate(page, { side: 700 })
  await page.reload()
  await expect.poll(async () => (await readTask(page, body.uid)).status, { timeout: 50_000 }).toBe('done')
})

test('a task outlives the service worker that keeps it', async ({ page, context }) => {
  await openStored(page)
  await context.setOffline(true)
  const { body } = await postTemplate(page, { side: 700 })
  const devtools = await context.newCDPSession(page)
  await devtools.send('ServiceWorker.enable')
  await devtools.send('ServiceWorker.stopAllWorkers')
  await expect.poll(async () => (await readTask(page, body.uid)).status, { timeout: 50_000 }).toBe('done')
})

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
