import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { board, choose, rows, run } from './bench'
import { openStored, watchBodies } from './own-worker'

const shared = resolve(import.meta.dirname, '../../../shared')
const crops = join(shared, 'data/faces/faceapi')
const photo = join(shared, 'photos/faces/group-1.jpg')
const hasFaces = existsSync(crops) && existsSync(photo)

/** Crops of some people, as many of each. */
function cropsOf(people: readonly string[], each: number): string[] {
  const all = readdirSync(crops).sort()
  return people.flatMap((name) =>
    all
      .filter((file) => file.startsWith(name))
      .slice(0, each)
      .map((file) => join(crops, file)),
  )
}

async function openPrivately(page: Page, tool: string): Promise<void> {
  await openStored(page, `/tools/${tool}`)
  await page.getByRole('button', { name: 'Private', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Private', exact: true })).toHaveAttribute('aria-pressed', 'true')
}

const figure = (page: Page, name: string) =>
  page.getByRole('complementary').getByText(name, { exact: true }).locator('xpath=../dd')

/** A first run on a software GPU compiles and compares, and others share the machine. */
const FIRST_RUN = { timeout: 120_000 }
test.setTimeout(240_000)

test('in private mode a picture is embedded on the device, and again without network; no byte of it leaves', async ({
  page,
  context,
}) => {
  const left = watchBodies(context)
  await openPrivately(page, 'embed-face')
  await choose(page, /Choose files/, board)
  await run(page)
  await expect(page.getByText('Ran on this device')).toBeVisible(FIRST_RUN)
  await expect(figure(page, 'Numbers')).toHaveText('512')
  await expect(page.getByText(/no face/i).first()).toBeVisible()

  await context.setOffline(true)
  await page.reload()
  await choose(page, /Choose files/, board)
  await run(page)
  await expect(page.getByText('Ran on this device')).toBeVisible(FIRST_RUN)
  await expect(figure(page, 'Numbers')).toHaveText('512')
  expect(left).toEqual([])
})

test('the shelf shows what the run has brought', async ({ page }) => {
  await openPrivately(page, 'embed-face')
  await expect(page.getByText(/Not on this device: 4\.9 MB/)).toBeVisible()
  await choose(page, /Choose files/, board)
  await run(page)
  await expect(page.getByText('Ran on this device')).toBeVisible(FIRST_RUN)
  await page.getByRole('button', { name: 'Open models' }).click()
  const row = page.getByRole('dialog').getByRole('listitem', { name: 'Faceplugin fr_feature', exact: true })
  await expect(row.getByText('This device').first().locator('xpath=../dd')).toHaveText('installed')
})

test.describe('with faces', () => {
  test.skip(!hasFaces, 'the labelled faces lie beside the repository, in ../shared, and are not there')

  test('a crop has age, gender and the pose of the head', async ({ page }) => {
    await openPrivately(page, 'embed-face')
    await page.getByRole('switch', { name: /Age, gender/ }).click()
    await choose(page, /Choose files/, cropsOf(['howard'], 1))
    await run(page)
    await expect(page.getByText('Ran on this device')).toBeVisible(FIRST_RUN)
    await expect(figure(page, 'Gender')).toHaveText('Male')
    await expect(figure(page, 'Age')).toHaveText(/^\d\d$/)
    await expect(page.getByRole('figure').filter({ hasText: 'Yaw' })).toContainText('°')
  })

  test('a batch is compared: matrix by keyboard, groups by threshold, SQL, and nothing kept without a tick', async ({
    page,
  }) => {
    await openPrivately(page, 'embed-face')
    await choose(page, /Choose files/, cropsOf(['amy', 'howard'], 3))
    await run(page)
    await page.getByRole('button', { name: 'Compare 6 vectors' }).first().click(FIRST_RUN)
    const sheet = page.getByRole('dialog', { name: /Compare/ })
    await expect(sheet.getByRole('listitem').filter({ hasText: 'Group 1' })).toContainText('3 pictures')
    await expect(sheet.getByRole('listitem').filter({ hasText: 'Group 2' })).toContainText('3 pictures')

    const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])

    const matrix = sheet.getByRole('application', { name: /Similarity matrix/ })
    await matrix.focus()
    await page.keyboard.press('ArrowRight')
    const said = sheet.locator('#vectors-cell')
    await expect(said).toContainText(/cosine 0\.\d{3}, same/)
    await page.keyboard.press('End')
    await expect(said).toContainText(/cosine -?0\.\d{3}, different/)

    await sheet.getByRole('slider', { name: 'Same from' }).focus()
    await page.keyboard.press('End')
    await expect(sheet.getByRole('listitem').filter({ hasText: 'On their own' })).toContainText('6 pictures')
    await expect(said).toContainText(/different/)

    const download = page.waitForEvent('download')
    await sheet.getByRole('button', { name: 'pgvector SQL' }).click()
    expect((await download).suggestedFilename()).toBe('embed-face-pgvector.sql')

    expect(await databases(page)).not.toContain('darkroom-vectors')
    await sheet.getByRole('checkbox', { name: /Remember these vectors/ }).click() // ticked once it is stored
    await expect(sheet.getByText('6 vectors are remembered')).toBeVisible()
    await page.reload()
    await choose(page, /Choose files/, cropsOf(['amy'], 4).slice(3))
    await run(page)
    await page.getByRole('button', { name: 'Compare 1 vector' }).first().click(FIRST_RUN)
    await page.getByRole('checkbox', { name: 'Compare with remembered ones' }).check()
    await expect(page.getByRole('application', { name: /7 by 7/ })).toBeVisible()
    await page.getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByText('6 vectors are remembered')).toBeHidden()
  })

  test('faces found in a photo go on to be embedded at once', async ({ page }) => {
    await openPrivately(page, 'find-faces')
    await choose(page, /Choose files/, photo)
    await run(page)
    await expect(page.getByText('Ran on this device')).toBeVisible(FIRST_RUN)
    const count = await rows(page).count()
    expect(count).toBeGreaterThan(2)
    await page.getByRole('button', { name: `Face embedding: ${count} pictures` }).click()
    await expect(page).toHaveURL(/embed-face/)
    await expect(page.getByRole('button', { name: `Compare ${count} vectors` }).first()).toBeVisible(FIRST_RUN)
  })
})

const databases = (page: Page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
