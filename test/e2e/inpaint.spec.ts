import { readFile } from 'node:fs/promises'
import { type Download, expect, type Page, test } from '@playwright/test'
import sharp from 'sharp'
import { scene, withMark } from '../operators/find-watermark/letters'
import { choose, run } from './bench'
import { violations } from './look'
import { openStored } from './own-worker'

const TOOL = '/tools/inpaint?engine=classic' // the quickest, and it needs no weights
const car = 'test/fixtures/car.jpg' // 1200 × 900
const RUN = 120_000

test.describe.configure({ timeout: 240_000 })

const layer = (page: Page) => page.getByRole('application', { name: 'Mask over the picture' })
const tools = (page: Page) => page.getByRole('toolbar', { name: 'Mask tools' })
const marked = (page: Page) => page.getByRole('region', { name: 'Mask', exact: true })
const undo = (page: Page) => page.getByRole('button', { name: /^Undo on the mask/ })
const redo = (page: Page) => page.getByRole('button', { name: /^Redo on the mask/ })

async function opened(page: Page, files: string | string[] = car): Promise<void> {
  await page.goto(TOOL)
  await choose(page, 'Choose files', files)
  await expect(layer(page)).toBeVisible()
}

/** Drags from one share of the canvas to another. */
async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const box = await layer(page).boundingBox()
  if (!box) throw new Error('The canvas is not there')
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const
  await page.mouse.move(...at(from))
  await page.mouse.down()
  await page.mouse.move(...at(to), { steps: 6 })
  await page.mouse.up()
}

/** Percent of the picture that is marked, as the page says it. */
async function share(page: Page): Promise<number> {
  const said = (await marked(page).textContent()) ?? ''
  return Number(/([\d.]+) % marked/.exec(said)?.[1] ?? 0)
}

async function erased(page: Page): Promise<void> {
  await run(page)
  await expect(page.getByText('Ran on this device')).toBeVisible({ timeout: RUN })
}

/** The pixels of a picture, decoded by the browser. */
const pixels = async (page: Page, download: Download, points: readonly (readonly [number, number])[]) => {
  const bytes = [...(await readFile(await download.path()))]
  return page.evaluate(
    async ({ bytes, points }) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]))
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      context?.drawImage(bitmap, 0, 0)
      const values = points.map(([x, y]) => [...(context?.getImageData(x, y, 1, 1).data ?? [])])
      return { width: bitmap.width, height: bitmap.height, values }
    },
    { bytes, points },
  )
}

test('what is painted grows with each stroke and shrinks under the eraser; undo and redo go stroke by stroke', async ({
  page,
}) => {
  await opened(page)
  await drag(page, [0.4, 0.4], [0.5, 0.5])
  await expect.poll(() => share(page)).toBeGreaterThan(0.2)
  const first = await share(page)
  await drag(page, [0.5, 0.4], [0.6, 0.5])
  await expect.poll(() => share(page)).toBeGreaterThan(first)
  const second = await share(page)
  await page.keyboard.press('e')
  await expect(tools(page).getByRole('button', { name: /^Eraser/ })).toHaveAttribute('aria-pressed', 'true')
  await drag(page, [0.5, 0.4], [0.6, 0.5])
  await expect.poll(() => share(page)).toBeLessThan(second)
  await undo(page).click()
  await expect.poll(() => share(page)).toBe(second)
  await page.keyboard.press('Control+z')
  await expect.poll(() => share(page)).toBe(first)
  await redo(page).click()
  await expect.poll(() => share(page)).toBe(second)
})

test('rectangle, lasso and wand mark and unmark; invert and clear change all of it', async ({ page }) => {
  await opened(page)
  await page.keyboard.press('r')
  await drag(page, [0.4, 0.4], [0.6, 0.6])
  await expect.poll(() => share(page)).toBeGreaterThan(1)
  const rectangle = await share(page)
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.keyboard.press('l')
  await drag(page, [0.45, 0.45], [0.55, 0.55])
  await page.keyboard.press('a')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const sky = await layer(page).boundingBox()
  await page.mouse.click((sky?.x ?? 0) + (sky?.width ?? 0) / 2, (sky?.y ?? 0) + (sky?.height ?? 0) * 0.18)
  await expect.poll(() => share(page)).toBeGreaterThan(rectangle + 0.5)
  const before = await share(page)
  await page.keyboard.press('n')
  await expect.poll(() => share(page)).toBeCloseTo(100 - before, 1)
  await page.keyboard.press('Delete')
  await expect.poll(() => share(page)).toBe(0)
})

test('the keyboard alone marks: dabs where the cursor is, and a rectangle in numbers', async ({ page }) => {
  await opened(page)
  await layer(page).focus()
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect.poll(() => share(page)).toBeGreaterThan(0.1)
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: 'More for the mask' }).click()
  for (const [name, value] of [
    ['Left', 120],
    ['Top', 90],
    ['Width', 600],
    ['Height', 450],
  ] as const) {
    await page.getByRole('spinbutton', { name, exact: true }).fill(String(value))
  }
  await page.keyboard.press('Enter')
  await expect.poll(() => share(page)).toBe(25)
})

test('wheel and Space with a drag move the picture and paint nothing', async ({ page }) => {
  await opened(page)
  const zoom = page.getByTitle('Zoom to 100 %')
  const before = await zoom.textContent()
  await layer(page).hover()
  await page.mouse.wheel(0, -400)
  await expect(zoom).not.toHaveText(before ?? '')
  await page.keyboard.down(' ')
  await drag(page, [0.4, 0.4], [0.6, 0.6])
  await page.keyboard.up(' ')
  expect(await share(page)).toBe(0)
})

test('a mask is exported, white where something goes, and imported again', async ({ page }) => {
  await opened(page)
  await page.getByRole('button', { name: 'More for the mask' }).click()
  await page.getByRole('spinbutton', { name: 'Left', exact: true }).fill('600')
  await page.getByRole('spinbutton', { name: 'Top', exact: true }).fill('300')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect.poll(() => share(page)).toBeGreaterThan(0.9)
  const before = await share(page)
  const saving = page.waitForEvent('download')
  await marked(page).getByRole('button', { name: 'Export mask' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe('car-mask.png')
  const inside = [650, 350] as const
  expect(await pixels(page, saved, [inside, [100, 100]])).toEqual({
    width: 1200,
    height: 900,
    values: [
      [255, 255, 255, 255],
      [0, 0, 0, 255],
    ],
  })
  await layer(page).focus()
  await page.keyboard.press('Delete')
  await expect.poll(() => share(page)).toBe(0)
  const choosing = page.waitForEvent('filechooser')
  await marked(page).getByRole('button', { name: 'Import mask' }).click()
  await (await choosing).setFiles(await saved.path())
  await expect.poll(() => share(page)).toBe(before)
})

test('the result is compared with the picture, saved, stepped back from and gone on with', async ({ page }) => {
  await opened(page)
  await drag(page, [0.45, 0.5], [0.55, 0.55])
  await erased(page)
  const edge = page.getByRole('slider', { name: 'Edge between the pictures' })
  await edge.focus()
  await page.keyboard.press('Home')
  await expect(edge).toHaveAttribute('aria-valuenow', '0')
  await expect(
    page
      .getByText('Changed outside')
      .or(page.getByText(/outside/i))
      .first(),
  ).toBeVisible()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save “Erased”' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe('car-erased.png')
  expect(await pixels(page, saved, [])).toMatchObject({ width: 1200, height: 900 })
  await page.getByRole('button', { name: 'Back to the result before' }).click()
  await expect(edge).toHaveCount(0)
  await page.getByRole('button', { name: 'On to the next result' }).click()
  await expect(edge).toBeVisible()
  await page.getByRole('button', { name: 'Go on from this result' }).click()
  await expect(layer(page)).toBeVisible()
  expect(await share(page)).toBe(0)
  await page.getByRole('button', { name: 'Original', exact: true }).click()
  await expect.poll(() => share(page)).toBeGreaterThan(0)
})

test('without network a mask is painted and run on the device', async ({ page, context }) => {
  await openStored(page, TOOL)
  await context.setOffline(true)
  await page.reload()
  await choose(page, 'Choose files', car)
  await drag(page, [0.45, 0.5], [0.55, 0.55])
  await expect.poll(() => share(page)).toBeGreaterThan(0)
  await erased(page)
  await expect(page.getByRole('slider', { name: 'Edge between the pictures' })).toBeVisible()
})

test('one mask holds for a batch, at the same relative place where a picture has another size', async ({ page }) => {
  await opened(page, [car, 'public/samples/board.jpg'])
  await drag(page, [0.45, 0.5], [0.55, 0.55])
  await expect.poll(() => share(page)).toBeGreaterThan(0)
  const first = await share(page)
  await page.getByRole('button', { name: 'More for the mask' }).click()
  await page.getByRole('button', { name: 'Use on all pictures' }).click()
  await expect(page.getByText('1 has another size').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^board\.jpg/ }).click()
  await expect.poll(() => share(page)).toBeGreaterThan(first * 0.8)
  expect(await share(page)).toBeLessThan(first * 1.2)
  await run(page)
  await expect(page.getByText('2 done')).toBeVisible({ timeout: RUN })
})

test('a mark that the pictures of a batch share is found once and taken out of each', async ({ page }) => {
  const originals = [1, 2, 3].map((seed) => scene(240, 160, seed))
  const marked = originals.map((image) => withMark(image, [{ x: 120, y: 110, w: 81, h: 22 }], 0.5))
  const files = marked.map(async ({ picture: { width, height, data } }, i) => ({
    name: `shared-${i}.png`,
    mimeType: 'image/png',
    buffer: await sharp(data, { raw: { width, height, channels: 4 } })
      .png()
      .toBuffer(),
  }))
  await page.goto(TOOL)
  await choose(page, 'Choose files', await Promise.all(files))
  await page.getByRole('button', { name: 'Find the mark' }).click()
  await expect(page.getByText('All 3 pictures share a mark').first()).toBeVisible({ timeout: RUN })
  await expect(page.getByRole('button', { name: 'Remove: Mark', exact: true })).toBeVisible()
  await run(page)
  await expect(page.getByText('3 done')).toBeVisible({ timeout: RUN })
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save “Erased”' }).click()
  const ink = [...marked[2].truth.keys()].filter((i) => marked[2].truth[i] && i % 7 === 0)
  const points = ink.map((i) => [i % 240, Math.floor(i / 240)] as const)
  const saved = await saving
  const { values } = await pixels(page, saved, points)
  const own = originals[Number(/shared-(\d)/.exec(saved.suggestedFilename())?.[1])]
  const apart = ink.map((i, k) => Math.abs(values[k][0] - own.data[i * 4]))
  expect(apart.reduce((sum, one) => sum + one, 0) / apart.length).toBeLessThan(15) // the mark added about 68
})

test('two engines fill the same hole, and the one that fits better is chosen until the other is taken', async ({
  page,
}) => {
  await page.goto(`${TOOL}&duel=net`)
  await choose(page, 'Choose files', car)
  await expect(layer(page)).toBeVisible()
  await drag(page, [0.45, 0.5], [0.55, 0.55])
  await erased(page)
  const duel = page.getByRole('region', { name: 'Duel of two engines' })
  await expect(duel).toBeVisible()
  const row = async (name: string | RegExp) => duel.getByRole('row', { name }).getByRole('cell').allTextContents()
  const [better, worse] = (await row(/^Total/)).map(Number.parseFloat)
  expect(better).toBeGreaterThanOrEqual(worse)
  const engines = await row(/^Engine/)
  expect(new Set(engines).size).toBe(2)
  await duel.getByRole('button', { name: 'Take this one' }).click()
  await expect.poll(() => row(/^Engine/)).toEqual(engines.toReversed())
})

test('two fingers move the picture and paint nothing; one paints', async ({ browser }) => {
  const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await opened(page)
  const box = await layer(page).boundingBox()
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2]
  const devtools = await context.newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: { x: number; y: number; id: number }[]) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: points })
  await touch('touchStart', { x: x - 20, y, id: 1 })
  await touch('touchStart', { x: x - 20, y, id: 1 }, { x: x + 20, y, id: 2 })
  await touch('touchMove', { x: x - 80, y, id: 1 }, { x: x + 80, y, id: 2 })
  await touch('touchEnd')
  await expect(undo(page)).toBeDisabled()
  await touch('touchStart', { x, y, id: 1 })
  await touch('touchMove', { x: x + 40, y, id: 1 })
  await touch('touchEnd')
  await expect(undo(page)).toBeEnabled()
  await context.close()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing in the editor is out of reach for assistive technology, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await opened(page)
    await page.getByRole('button', { name: 'More for the mask' }).click()
    expect(await violations(page)).toEqual([])
  })
}
