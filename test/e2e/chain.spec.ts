import { readFileSync } from 'node:fs'
import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { choose, run } from './bench'

const image = 'public/samples/folder.png'
const template = 'public/samples/folder-part.png'

interface ChainData {
  readonly chain_result: string
  readonly steps: readonly { readonly status: string; readonly result_data?: unknown }[]
}

const answers = ({ chain_result, steps }: ChainData) => ({
  chain_result,
  steps: steps.map(({ status, result_data }) => ({ status, result_data })),
})

async function saved(page: Page, button: string): Promise<string> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: button, exact: true }).click()
  return readFileSync(await (await download).path(), 'utf8')
}

/** The same chain on the server, from the file of steps that the page saved. */
async function overRest(request: APIRequestContext, steps: string): Promise<ChainData> {
  const file = (path: string) => ({ name: path, mimeType: 'image/png', buffer: readFileSync(path) })
  const multipart = { image: file(image), template: file(template), steps }
  const { uid } = await (await request.post('/api/v1/match/chain', { multipart })).json()
  const task = async () => (await request.get(`/api/v1/tasks/${uid}`)).json()
  await expect.poll(async () => (await task()).status, { timeout: 40_000 }).toBe('done')
  return (await task()).result_data
}

test('a saved chain gives the same answer on the device and over REST, and opens again', async ({ page, request }) => {
  await page.goto('/tools/match-chain')
  await choose(page, 'Choose files', [image, template])
  await page.getByRole('button', { name: 'Private', exact: true }).click()
  await run(page)
  await expect(page.getByText('Ran on this device')).toBeVisible({ timeout: 40_000 })
  const steps = await saved(page, 'Save steps')
  const here = JSON.parse(await saved(page, 'JSON')).result_data
  expect(here.chain_result).toBe('found')
  expect(answers(await overRest(request, steps))).toEqual(answers(here))

  const tools = page.getByRole('combobox', { name: /^Tool of step/ })
  const before = await tools.count()
  await page.getByRole('button', { name: 'Add a step' }).click()
  await expect(tools).toHaveCount(before + 1)
  await choose(page, 'Open steps', { name: 'steps.json', mimeType: 'application/json', buffer: Buffer.from(steps) })
  await expect(tools).toHaveCount(before)
})

test('a file that is no list of steps is refused with a sentence', async ({ page }) => {
  await page.goto('/tools/match-chain')
  const file = { name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('{"tool":"template"}') }
  await choose(page, 'Open steps', file)
  await expect(page.getByText('notes.json is not a list of 1 to 10 steps').first()).toBeVisible()
})
