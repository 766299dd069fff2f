import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { nsfwMobileNet } from '../../models/entries/content-classes'
import type { Model } from '../../models/model'
import { FOLDER_DATABASE } from '../../workers/folder/database'
import { openStored, watchBodies } from './own-worker'
import { plantPictures } from './planted-pictures'

const GROUPED = 400_000 // at most; a busy machine takes long

test.describe.configure({ timeout: 600_000 })

/** The browser's dialog cannot be driven: a folder of the origin's own file system is chosen instead. */
async function chooseFolder(page: Page, name: string): Promise<void> {
  await page.evaluate((folder) => {
    const root = navigator.storage.getDirectory()
    Object.assign(window, { showDirectoryPicker: async () => (await root).getDirectoryHandle(folder) })
  }, name)
  await page.getByRole('button', { name: /^(Choose a|Another) folder$/ }).click()
}

const groups = (page: Page) => page.getByRole('heading', { name: /^Group \d+/ })

interface Exported {
  readonly groups: readonly {
    readonly best: string
    readonly reasons: readonly string[]
    readonly files: readonly { readonly path: string; readonly chosen: boolean }[]
  }[]
}

async function exported(page: Page): Promise<Exported> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export JSON' }).click()
  return JSON.parse(await readFile(await (await download).path(), 'utf8'))
}

const contractOf = ({ id, files }: Model): string => `${id} ${files[0].sha256?.slice(0, 16)}`

/** Keeps, as a judgement of the model, that every picture seen so far is to be looked at first. */
async function flagAll({ database, contract }: { database: string; contract: string }): Promise<void> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const opened = await done(indexedDB.open(database))
  const kept = opened.transaction(['prints', 'advice'], 'readwrite')
  const keys = await done(kept.objectStore('prints').getAllKeys())
  for (const key of keys) await done(kept.objectStore('advice').put({ contract, policy: 'review' }, key))
  opened.close()
}

/** The original that a planted picture shows: `trips/007-mirrored.jpg` shows 007. */
const sceneOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).slice(0, 3)

test('the copies among 200 pictures are grouped on the device, offline, with evidence; nothing is sent', async ({
  page,
  context,
}) => {
  const left = watchBodies(context)
  await openStored(page, '/folder')
  await page.evaluate(plantPictures, { folder: 'few', scenes: 2, copied: 1, perScene: 1 })
  await chooseFolder(page, 'few') // fetches the model, which offline cannot be had
  await expect(groups(page)).toHaveCount(1, { timeout: GROUPED })

  await page.evaluate(plantPictures, { folder: 'many', scenes: 160, copied: 20, perScene: 2, broken: true })
  await context.setOffline(true)
  await page.reload()
  await chooseFolder(page, 'many')
  await expect(page.getByText('1 file could not be read')).toBeVisible({ timeout: GROUPED })
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: GROUPED })
  await expect(page.getByText('among 200 pictures')).toBeVisible()
  await page.getByText('1 file could not be read').click()
  await expect(page.getByText('broken.jpg')).toBeVisible()

  const found = await exported(page)
  const mixed = found.groups.filter(({ files }) => new Set(files.map(({ path }) => sceneOf(path))).size > 1)
  expect(mixed.map(({ files }) => files.map(({ path }) => path))).toEqual([])
  const planted = found.groups.filter(({ files }) => files.length === 3).map(({ files }) => sceneOf(files[0].path))
  expect(planted.length).toBeGreaterThanOrEqual(19) // of 20: one may be edited beyond recognition at this size
  expect(found.groups.every(({ best, files }) => files.some(({ path }) => path === best))).toBe(true)

  await page
    .getByRole('button', { name: /^Compare .*mirrored/ })
    .first()
    .click()
  const evidence = page.getByRole('dialog', { name: 'Evidence' })
  await expect(evidence.getByText('An edited copy')).toBeVisible({ timeout: GROUPED })
  await expect(evidence.getByText('mirrored', { exact: true })).toBeVisible()
  const edge = evidence.getByRole('slider')
  const before = await edge.getAttribute('aria-valuenow')
  await edge.press('ArrowRight')
  await expect(edge).not.toHaveAttribute('aria-valuenow', String(before))
  await evidence.getByRole('button', { name: 'Difference' }).click()
  await expect(evidence.getByRole('img', { name: 'Difference' })).toBeVisible()
  expect(left).toEqual([])
})

test('all but the best are chosen at once, a pair is set aside for good, and both can be undone', async ({ page }) => {
  await openStored(page, '/folder')
  await page.evaluate(plantPictures, { folder: 'some', scenes: 6, copied: 2, perScene: 2 })
  await chooseFolder(page, 'some')
  await expect(groups(page)).toHaveCount(2, { timeout: GROUPED })
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: GROUPED })

  await page.getByRole('button', { name: 'Choose all but the best', exact: true }).click()
  await expect(page.getByText(/^4 chosen/)).toBeVisible()
  const { groups: found } = await exported(page)
  for (const { best, reasons, files } of found) {
    expect(files.filter(({ chosen }) => !chosen).map(({ path }) => path)).toEqual([best])
    expect(reasons).not.toEqual([])
  }
  await page.keyboard.press('Control+z')
  await expect(page.getByText(/chosen/)).toHaveCount(0)

  const first = page.getByRole('region', { name: /^Group 1/ })
  await expect(first.getByRole('listitem')).toHaveCount(3)
  const compare = first.getByRole('button', { name: /^Compare/ }).last()
  await compare.click()
  await page.getByRole('button', { name: 'These are no copies' }).click()
  await expect(page.getByText('1 pair set aside')).toBeVisible({ timeout: GROUPED })
  const aside = page.getByText('1 pair set aside')
  const sizes = async () => (await exported(page)).groups.map(({ files }) => files.length).sort()
  expect(await sizes()).toEqual([2, 3])

  await page.reload()
  await chooseFolder(page, 'some')
  await expect(aside).toBeVisible({ timeout: GROUPED })
  expect(await sizes()).toEqual([2, 3])
  await aside.click()
  await page.getByRole('button', { name: 'Bring back' }).click()
  await expect(aside).toHaveCount(0, { timeout: GROUPED })
  await expect.poll(sizes).toEqual([3, 3])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(aside).toBeVisible({ timeout: GROUPED })
})

test('what the content filter flags is blurred, until somebody shows it, once the filter is switched on', async ({
  page,
}) => {
  await openStored(page, '/folder')
  await page.evaluate(plantPictures, { folder: 'judged', scenes: 2, copied: 1, perScene: 1 })
  await chooseFolder(page, 'judged')
  await expect(groups(page)).toHaveCount(1, { timeout: GROUPED })
  await page.evaluate(flagAll, { database: FOLDER_DATABASE, contract: contractOf(nsfwMobileNet) })
  const show = page.getByRole('button', { name: /^Show / })
  await expect(show).toHaveCount(0)
  const filter = page.getByRole('switch', { name: 'Content filter' })
  await filter.click()
  await expect(show).toHaveCount(2)
  await expect(page.locator('section li img').first()).toHaveCSS('filter', /blur/)
  await page
    .getByRole('button', { name: /^Compare/ })
    .first()
    .click({ position: { x: 8, y: 8 } }) // beside what shows it
  const evidence = page.getByRole('dialog', { name: 'Evidence' })
  await expect(evidence.getByText('Probability')).toBeVisible({ timeout: GROUPED })
  await expect(evidence.getByRole('slider')).toHaveCount(0)
  await evidence
    .getByRole('button', { name: /^Show / })
    .first()
    .click()
  await evidence.getByRole('button', { name: /^Show / }).click()
  await expect(evidence.getByRole('slider')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(show).toHaveCount(0)
  await page.reload()
  await chooseFolder(page, 'judged')
  await expect(show).toHaveCount(2, { timeout: GROUPED })
  await filter.click()
  await expect(show).toHaveCount(0)
})

test('a folder without pictures, and one of broken files, are told as such', async ({ page }) => {
  await openStored(page, '/folder')
  await page.evaluate(plantPictures, { folder: 'none', scenes: 0, copied: 0, perScene: 0 })
  await chooseFolder(page, 'none')
  await expect(page.getByText('There are no pictures in there.')).toBeVisible()
  await page.evaluate(plantPictures, { folder: 'broken', scenes: 0, copied: 0, perScene: 0, broken: true })
  await chooseFolder(page, 'broken')
  await expect(page.getByText('1 file could not be read')).toBeVisible({ timeout: GROUPED })
})
