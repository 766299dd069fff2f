import { readFile } from 'node:fs/promises'
import { expect, type Page, test, type Worker } from '@playwright/test'
import { violations } from './look'
import { openStored, watchBodies } from './own-worker'

const path = '/tools/match-surface'
const solid = (page: Page) => page.getByRole('application', { name: /3D view of table\.ply/ })

async function runSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Teapot on a crowded table' }).click()
  await expect(page.getByText(/Ran on (this device|the server)/)).toBeVisible({ timeout: 50_000 })
}

async function choosePlace(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^(On this device|On the server)/ }).click()
  await page.getByRole('radio', { name: new RegExp(`^${name}`) }).click()
  await page.keyboard.press('Escape')
}

/** What the JSON button saves. */
async function savedResult(page: Page) {
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'JSON', exact: true }).click()
  return JSON.parse(await readFile(await (await saved).path(), 'utf8'))
}

/** Whether two looks at the canvas differ. */
async function changes(page: Page, act: () => Promise<void>): Promise<boolean> {
  const before = await solid(page).screenshot()
  await act()
  await page.waitForTimeout(400)
  return !(await solid(page).screenshot()).equals(before)
}

test('the sample is found in private mode without sending anything, and shown in 3D', async ({ page, context }) => {
  const left = watchBodies(context)
  await openStored(page, path)
  await choosePlace(page, 'Private')
  await runSample(page)
  await expect(solid(page)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Pose 1/ })).toBeVisible()
  const { result_data } = await savedResult(page)
  expect(result_data.poses_found).toBeGreaterThanOrEqual(1)
  expect(left).toEqual([])
})

test('the device and the server find the same', async ({ page }) => {
  await openStored(page, path)
  await choosePlace(page, 'Private')
  await runSample(page)
  const here = await savedResult(page)
  await choosePlace(page, 'Server')
  await page.getByRole('button', { name: /^Run/ }).first().click()
  await expect(page.getByText('Ran on the server')).toBeVisible({ timeout: 50_000 })
  const there = await savedResult(page)
  expect(there.result_data).toEqual(here.result_data)
})

/** Answers of workers that help others, since this was first asked. */
async function partsDone(page: Page): Promise<number> {
  const partsOf = (worker: Worker) =>
    worker.evaluate(() => {
      const scope = globalThis as { parts?: number; postMessage: (...message: unknown[]) => void }
      if (scope.parts !== undefined) return scope.parts
      scope.parts = 0
      const send = scope.postMessage.bind(globalThis)
      scope.postMessage = (...message) => {
        if (Object.hasOwn(Object(message[0]), 'job')) scope.parts = (scope.parts ?? 0) + 1
        send(...message)
      }
      return 0
    })
  return (await Promise.all(page.workers().map(partsOf))).reduce((sum, parts) => sum + parts, 0)
}

test('another core helps with a run on the device, and the result stays the same', async ({ page }) => {
  await openStored(page, path)
  test.skip(await page.evaluate(() => navigator.hardwareConcurrency < 2), 'this machine has one core')
  await choosePlace(page, 'Private')
  await runSample(page)
  const first = await savedResult(page)
  await expect(async () => {
    await page.getByRole('button', { name: /^Run/ }).first().click()
    await expect(page.getByText('Ran on this device')).toBeVisible()
    expect(await partsDone(page)).toBeGreaterThan(0)
  }).toPass()
  expect((await savedResult(page)).result_data).toEqual(first.result_data)
})

test('keys turn, move and zoom the view; a stage moves the model', async ({ page }) => {
  await page.goto(path)
  await runSample(page)
  await expect(solid(page)).toBeVisible()
  await solid(page).focus()
  for (const key of ['ArrowRight', 'Shift+ArrowUp', '+', '0']) {
    expect([key, await changes(page, () => page.keyboard.press(key))]).toEqual([key, true])
  }
  await page.getByRole('slider', { name: 'Pose at stage' }).focus()
  expect(await changes(page, () => page.keyboard.press('Home'))).toBe(true)
  await expect(page.getByText('Voted', { exact: true })).toBeVisible()
})

test('nothing in the 3D view is out of reach for assistive technology', async ({ page }) => {
  await page.goto(path)
  await runSample(page)
  await expect(solid(page)).toBeVisible()
  expect(await violations(page)).toEqual([])
})

test('without WebGL the picture that the run drew is shown instead', async ({ page }) => {
  await page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      return kind.startsWith('webgl') ? null : Reflect.apply(original, this, [kind, ...rest])
    } as typeof original
  })
  await page.goto(path)
  await runSample(page)
  await expect(page.getByText(/cannot draw in 3D here/)).toBeVisible()
  await expect(page.getByRole('figure').getByRole('img', { name: 'Model in the scene' })).toBeVisible()
})

test('a file that is no point cloud is refused by name, and one that is broken by what is wrong', async ({ page }) => {
  await page.goto(path)
  const choose = async (name: string, text: string) => {
    const dialog = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: /^Scene/ }).click()
    await (await dialog).setFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })
  }
  await choose('photo.png', 'x')
  await expect(page.getByText('One file is not a point cloud. PLY files are.', { exact: true })).toBeVisible()
  await choose('broken.ply', 'ply\nformat ascii 1.0\n')
  await expect(page.getByText('broken.ply cannot be read as a point cloud. Choose a PLY file.')).toBeVisible()
})
