import { expect, type FileChooser, type Page } from '@playwright/test'

export const board = 'public/samples/board.jpg'
export const part = 'public/samples/board-part.png'
export const broken = { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') }

type Files = Parameters<FileChooser['setFiles']>[0]

/** Answers the file dialog that the button opens. */
export async function choose(page: Page, button: string | RegExp, files: Files): Promise<void> {
  // A page that has only just come does not hear the first press.
  await expect(async () => {
    const press = page.getByRole('button', { name: button }).first().click()
    const [opened] = await Promise.all([page.waitForEvent('filechooser', { timeout: 3000 }), press])
    await opened.setFiles(files)
  }).toPass({ timeout: 30_000 })
}

export const run = (page: Page) => page.getByRole('button', { name: /^Run/ }).first().click()

export const rows = (page: Page) => page.getByRole('region', { name: 'Result table' }).locator('tbody tr')
