import AxeBuilder from '@axe-core/playwright'
import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test'
import { openStored } from './own-worker'

const embedding = 'Faceplugin fr_feature'
const BYTES = 4_884_269
const WEIGHTS = '**/models/faceplugin-fr-feature/fr_feature.onnx'

/** The sheet, and what it says of one model. */
async function openShelf(page: Page, model: string): Promise<Locator> {
  await page.keyboard.press('m')
  const row = page.getByRole('dialog', { name: 'Models' }).getByRole('listitem', { name: model, exact: true })
  await expect(row).toBeVisible()
  return row
}

const here = (row: Locator) => row.getByText('This device').first().locator('xpath=../dd')
const fetchIt = (row: Locator) =>
  row
    .getByRole('button', { name: /^Fetch/ })
    .first()
    .click()

/** The weights as the server has them. */
const weights = async (page: Page) =>
  (await page.request.get('/models/faceplugin-fr-feature/fr_feature.onnx', { timeout: 60_000 })).body()

/** Answers the first requests for the weights in the test's place; the rest go to the server. */
async function answerFirst(context: BrowserContext, answers: readonly (Buffer | 'never')[]): Promise<string[]> {
  const ranges: string[] = []
  await context.route(WEIGHTS, async (route) => {
    const answer = answers[ranges.length]
    ranges.push(route.request().headers().range ?? 'whole')
    if (answer === undefined) return route.continue()
    if (answer !== 'never') await route.fulfill({ status: 200, body: answer })
  })
  return ranges
}

test('a model is fetched, checked again, kept for the next visit and removed', async ({ page }) => {
  await openStored(page)
  const row = await openShelf(page, embedding)
  await expect(row).toContainText('4.9 MB')
  await expect(row).toContainText('Commercial use unclear')
  await expect(here(row)).toHaveText('not installed')
  await fetchIt(row)
  await expect(here(row)).toHaveText('installed', { timeout: 60_000 })
  await expect(page.getByText(/Models take 4\.9 MB/)).toBeVisible()

  await row.getByRole('button', { name: `Verify the files of ${embedding}` }).click()
  await expect(page.getByText(`${embedding}: every file is what it should be`, { exact: true })).toBeVisible()

  await page.reload()
  const again = await openShelf(page, embedding)
  await expect(here(again)).toHaveText('installed')
  await again.getByRole('button', { name: `Remove ${embedding} from this device` }).click()
  await expect(again.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await again.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(here(again)).toHaveText('not installed')
})

test('a download that is cut at the half goes on from there', async ({ page, context }) => {
  await openStored(page)
  const whole = await weights(page)
  const ranges = await answerFirst(context, [whole.subarray(0, BYTES / 2)])
  const row = await openShelf(page, embedding)
  await fetchIt(row)
  await expect(here(row)).toHaveText('installed', { timeout: 60_000 })
  expect(ranges).toEqual(['whole', `bytes=${Math.floor(BYTES / 2)}-`])
})

test('a download can be paused, shows its bytes, and goes on', async ({ page, context }) => {
  await openStored(page)
  const whole = await weights(page)
  const ranges = await answerFirst(context, [whole.subarray(0, BYTES / 2), 'never'])
  const row = await openShelf(page, embedding)
  await fetchIt(row)
  const progress = row.getByRole('progressbar')
  await expect(progress).toHaveAttribute('aria-valuetext', '2.4 MB of 4.9 MB')
  await expect.poll(() => ranges.length).toBe(2)
  await row.getByRole('button', { name: `Pause fetching ${embedding}` }).click()
  await expect(here(row)).toHaveText('paused')
  await expect(progress).toHaveAttribute('aria-valuenow', '50')
  await page.reload()
  const later = await openShelf(page, embedding)
  await expect(here(later)).toHaveText('paused')
  await later.getByRole('button', { name: `Resume fetching ${embedding}` }).click()
  await expect(here(later)).toHaveText('installed', { timeout: 60_000 })
  expect(ranges.at(-1)).toBe(`bytes=${Math.floor(BYTES / 2)}-`)
})

test('a download can be canceled, and then nothing of it is left', async ({ page, context }) => {
  await openStored(page)
  const whole = await weights(page)
  await answerFirst(context, [whole.subarray(0, BYTES / 2), 'never'])
  const row = await openShelf(page, embedding)
  await fetchIt(row)
  await expect(row.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '50')
  await row.getByRole('button', { name: `Cancel fetching ${embedding}` }).click()
  await expect(here(row)).toHaveText('not installed')
})

test('weights with another hash are refused, with the reason, and can be fetched again', async ({ page, context }) => {
  await openStored(page)
  await answerFirst(context, [Buffer.alloc(BYTES)])
  const row = await openShelf(page, embedding)
  await fetchIt(row)
  await expect(here(row)).toHaveText('refused', { timeout: 30_000 })
  await expect(row).toContainText('This copy is not the file that was listed')
  await row.getByRole('button', { name: /^Fetch/ }).click()
  await expect(here(row)).toHaveText('installed', { timeout: 60_000 })
})

test('a non-commercial model asks for its licence; the answer is remembered and can be taken back', async ({
  page,
}) => {
  const arcFace = 'ArcFace R100 Glint360K (antelopev2)'
  await openStored(page)
  const row = await openShelf(page, arcFace)
  await expect(row).toContainText('Not for commercial use')
  await fetchIt(row)
  const gate = row.getByRole('region', { name: 'Before it can be used' })
  await expect(gate).toContainText('does not allow commercial use')
  await expect(gate.getByRole('button', { name: 'Fetch' })).toBeDisabled()
  await expect(gate.getByRole('checkbox')).toBeFocused()
  await gate.getByRole('checkbox').check()
  await gate.getByRole('button', { name: 'Fetch' }).click()
  // This server was not started with ACCEPT_LICENSES: what is accepted on a device is not accepted for others.
  await expect(row.getByRole('alert')).toContainText('ACCEPT_LICENSES')
  await expect(row).toContainText('You accepted the licence on this device')

  await page.reload()
  const again = await openShelf(page, arcFace)
  await again.getByRole('button', { name: /^Withdraw/ }).click()
  await expect(again).not.toContainText('You accepted')
  await fetchIt(again)
  await expect(again.getByRole('region', { name: 'Before it can be used' })).toBeVisible()
})

test('without network the shelf says so and offers what it can', async ({ page, context }) => {
  await openStored(page)
  await context.setOffline(true)
  const row = await openShelf(page, embedding)
  await expect(page.getByText('There is no network. Installed models work')).toBeVisible()
  await expect(row.getByRole('button', { name: /^Fetch/ })).toBeDisabled()
})

test('the shelf can be read and used without seeing it, in both themes', async ({ page }) => {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await openStored(page)
    const row = await openShelf(page, 'ArcFace R100 Glint360K (antelopev2)')
    await row.getByRole('button', { name: /^Details/ }).click()
    await fetchIt(row)
    await expect(row.getByRole('checkbox')).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  }
})
