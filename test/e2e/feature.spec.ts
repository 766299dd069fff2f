import { expect, type Page, test } from '@playwright/test'
import { openStored, readTask } from './own-worker'

const forServer = { 'x-darkroom-place': 'server' }

/** Posts a drawn board and the same turned by 30 degrees, as PNG, so that both places see the same pixels. */
function postBoards(page: Page, detector: string, headers: Record<string, string> = {}) {
  return page.evaluate(
    async ({ detector, headers }) => {
      const board = await createImageBitmap(await (await fetch('/samples/board.jpg')).blob())
      const picture = (degrees: number) => {
        const canvas = new OffscreenCanvas(480, 480)
        const drawing = canvas.getContext('2d')
        drawing?.translate(240, 240)
        drawing?.rotate((degrees * Math.PI) / 180)
        drawing?.drawImage(board, -300, -200, 600, 400)
        return canvas.convertToBlob({ type: 'image/png' })
      }
      const body = new FormData()
      body.set('query_image', await picture(0), 'query.png')
      body.set('train_image', await picture(30), 'train.png')
      body.set('detector', detector)
      const response = await fetch('/api/v1/match/feature', { method: 'POST', body, headers })
      return response.json()
    },
    { detector, headers },
  )
}

async function finished(page: Page, uid: string) {
  await expect.poll(async () => (await readTask(page, uid)).status, { timeout: 50_000 }).toBe('done')
  return readTask(page, uid)
}

for (const detector of ['SIFT', 'ORB', 'AKAZE', 'BRISK']) {
  test(`${detector} gives the same answer on the device and on the server`, async ({ page }) => {
    await openStored(page, '/tools/match-feature')
    const there = await finished(page, (await postBoards(page, detector, forServer)).uid)
    await page.getByRole('button', { name: 'Private', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Private', exact: true })).toHaveAttribute('aria-pressed', 'true')
    const here = await finished(page, (await postBoards(page, detector)).uid)
    expect([there.ran?.place, here.ran?.place]).toEqual(['server', 'device'])
    expect(here.result_data).toEqual(there.result_data)
    expect(here.result_data).toMatchObject({ detector, homography: expect.any(Array) })
  })
}

test('one click on a sample lays a page over its photograph', async ({ page }) => {
  await page.goto('/tools/match-feature')
  await page.getByRole('button', { name: 'A page and its photograph' }).click()
  await expect(page.getByText('Ran on this device')).toBeVisible({ timeout: 40_000 })
  await expect(page.getByText('200', { exact: true }).first()).toBeVisible()
  await page.getByRole('button', { name: 'On each other' }).click()
  const upper = page.locator('img[style*="clip-path"]')
  await expect(upper).toHaveCSS('clip-path', 'inset(0px 50% 0px 0px)')
  await page.getByRole('slider', { name: 'Wipe' }).press('End')
  await expect(upper).toHaveCSS('clip-path', 'inset(0px 0% 0px 0px)')
})

test('the edge between two pictures follows keys and drags; a key or a button held shows the picture alone', async ({
  page,
}) => {
  await page.goto('/tools/match-feature')
  await page.getByRole('button', { name: 'A page and its photograph' }).click()
  await page.getByRole('button', { name: 'On each other' }).click({ timeout: 40_000 })
  const edge = page.getByRole('slider', { name: 'Edge between the pictures' })
  await expect(edge).toHaveAttribute('aria-valuetext', '50%')
  await edge.press('PageUp')
  await edge.press('ArrowRight')
  await expect(edge).toHaveAttribute('aria-valuetext', '61%')
  await edge.press('Home')
  await expect(page.locator('img[style*="clip-path"]')).toHaveCSS('clip-path', 'inset(0px 100% 0px 0px)')

  const [sheet, knob] = [await page.locator('.sheet').boundingBox(), await edge.boundingBox()]
  if (!sheet || !knob) throw new Error('the pictures are not shown')
  await page.mouse.move(knob.x + knob.width / 2, knob.y + knob.height / 2)
  await page.mouse.down()
  await page.mouse.move(sheet.x + sheet.width * 0.25, sheet.y + sheet.height / 2, { steps: 4 })
  await page.mouse.up()
  await expect(edge).toHaveAttribute('aria-valuetext', '25%')
  expect((await page.locator('.sheet').boundingBox())?.x, 'the pictures stay where they are').toBe(sheet.x)

  await edge.blur()
  await page.keyboard.down('Space')
  await expect(edge).toBeHidden()
  await page.keyboard.up('Space')
  await expect(edge).toBeVisible()
  const hold = page.getByRole('button', { name: 'Picture alone, while held' })
  await hold.hover()
  await page.mouse.down()
  await expect(edge).toBeHidden()
  await page.mouse.up()
  await expect(edge).toBeVisible()
})
