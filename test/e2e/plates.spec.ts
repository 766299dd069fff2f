import { expect, type Page, test } from '@playwright/test'
import { choose, rows, run } from './bench'
import { openStored } from './own-worker'

const TOOL = '/tools/cover-plates'
const SEARCH = 120_000 // the model is downloaded and opened by the first run

test.describe.configure({ timeout: 240_000 })

const plates = (page: Page) => page.getByRole('button', { name: /^Plates \d+, / })
const bar = (page: Page) => page.getByRole('toolbar', { name: 'Review of what was found' })

async function searched(page: Page): Promise<void> {
  await page.goto(TOOL)
  await page.getByRole('button', { name: 'A car in the yard' }).first().click()
  await expect(plates(page).first()).toBeVisible({ timeout: SEARCH })
}

/** Draws from one share of the picture to another. */
async function draw(page: Page, tool: string, from: readonly [number, number], to: readonly [number, number]) {
  await bar(page).getByRole('button', { name: tool }).click()
  const box = await page.getByLabel('Review of what was found').first().boundingBox()
  if (!box) throw new Error('The picture is not there')
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const
  await page.mouse.move(...at(from))
  await page.mouse.down()
  await page.mouse.move(...at(to), { steps: 4 })
  await page.mouse.up()
}

test('what was found lies over the photo and follows the threshold; the photo is covered, with a receipt', async ({
  page,
}) => {
  await searched(page)
  const before = await plates(page).count()
  await expect(rows(page)).toHaveCount(before)
  await page.getByRole('spinbutton', { name: /^Threshold/ }).fill('0.95')
  await page.keyboard.press('Tab')
  await expect(plates(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Cover again' })).toBeVisible()
  await expect(page.getByText('Covered photo', { exact: true }).first()).toBeVisible()
  await expect(page.getByText('Receipt', { exact: true })).toBeVisible()
})

test('quads are drawn, moved by keys, removed and brought back, and covered without another search', async ({
  page,
}) => {
  await searched(page)
  const before = await plates(page).count()
  await draw(page, 'Mark one by hand', [0.1, 0.1], [0.3, 0.2])
  await expect(plates(page)).toHaveCount(before + 1)
  const own = page.getByRole('button', { name: /marked by hand/ })
  const corners = () => own.getAttribute('points')
  const drawn = await corners()
  await own.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(corners).not.toBe(drawn)
  await page.keyboard.press('.')
  await page.keyboard.press('Delete')
  await expect(own).toHaveCount(0)
  for (let i = 0; i < 3; i++) await bar(page).getByRole('button', { name: 'Undo on this picture' }).click()
  await expect(own).toHaveAttribute('points', drawn ?? '')
  await bar(page).getByRole('button', { name: 'Cover again' }).click()
  await expect(page.getByRole('button', { name: 'Cover again' })).toHaveCount(0, { timeout: SEARCH })
  await expect(rows(page)).toHaveCount(before + 1)
})

test('an exclusion zone leaves a plate as it is, and is used on all photos', async ({ page }) => {
  await page.goto(TOOL)
  await choose(page, 'Choose files', ['test/fixtures/car.jpg', 'public/samples/board.jpg'])
  await draw(page, 'Draw an exclusion zone', [0.01, 0.01], [0.99, 0.99])
  await bar(page).getByRole('button', { name: 'Use these zones on all pictures' }).click()
  await run(page)
  await expect(page.getByText('Plates covered').locator('..')).toContainText('0', { timeout: SEARCH })
  await page.keyboard.press(']')
  await expect(page.getByRole('button', { name: 'Exclusion zone 1' })).toBeVisible()
})

test('a batch is covered without network, and saved as one ZIP', async ({ page, context }) => {
  await openStored(page, TOOL)
  await searched(page)
  await context.setOffline(true)
  const photo = { mimeType: 'image/jpeg', buffer: await fixture() }
  await page.goto(TOOL)
  await choose(
    page,
    'Choose files',
    Array.from({ length: 4 }, (_, i) => ({ ...photo, name: `photo-${i}.jpg` })),
  )
  await run(page)
  const strip = page.getByRole('region', { name: 'Batch' })
  await expect(strip.getByText('4 done')).toBeVisible({ timeout: SEARCH })
  const saving = page.waitForEvent('download')
  await strip.getByRole('button', { name: 'All as ZIP' }).click()
  expect((await saving).suggestedFilename()).toBe('cover-plates.zip')
})

test('the contract’s request is answered on the device when there is no network', async ({ page, context }) => {
  await openStored(page, TOOL)
  await searched(page)
  await context.setOffline(true)
  const photo = (await fixture()).toString('base64')
  const answer = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const body = new FormData()
    for (const name of ['a.jpg', 'a.jpg']) body.append('files', new File([bytes], name))
    body.append('files', new File(['no picture'], 'broken.jpg'))
    const response = await fetch('/api/v1/process-task/', { method: 'POST', body })
    return { status: response.status, id: (await response.json()).task_id }
  }, photo)
  expect(answer.status).toBe(202)
  const task = () => page.evaluate(async (id) => (await fetch(`/api/v1/task-status/${id}`)).json(), answer.id)
  await expect.poll(async () => (await task()).status, { timeout: SEARCH }).toBe('completed')
  const { results } = await task()
  expect(results.map(({ filename }: { filename: string }) => filename)).toEqual([
    'covered_a.webp',
    'covered_a_2.webp',
    'broken.jpg',
  ])
  const type = await page.evaluate(async (url) => (await fetch(url)).headers.get('content-type'), results[1].url)
  expect(type).toBe('image/webp')
})

async function fixture(): Promise<Buffer> {
  const { readFile } = await import('node:fs/promises')
  return readFile('test/fixtures/car.jpg')
}
