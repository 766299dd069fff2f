import { expect, test } from '@playwright/test'

test('says whether this browser has WebGPU, and runs on the device either way', async ({ page }, { project }) => {
  await page.goto('/tools/match-template')
  await page.getByRole('button', { name: 'Device', exact: true }).click()
  const row = page.getByText('WebGPU', { exact: true }).locator('xpath=..')
  await expect(row).toContainText(project.name === 'no webgpu' ? 'no' : 'yes')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Flagged files in a folder' }).click()
  await expect(page.getByText('Ran on this device')).toBeVisible({ timeout: 40_000 })
})
