import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openServices } from '../../server/services'
import { silent, temporaryFolder, testConfig } from './support'

test.each([
  ['is not there', undefined, /PLATE_COVER must be .*cover\.png": it cannot be read\./],
  ['is no picture', 'text', /PLATE_COVER must be .*cover\.png": it is no such picture\./],
  ['is of another kind', 'GIF89a\x01\0\x01\0', /it is no such picture/],
])('the server does not start with a cover that %s', async (_, content, message) => {
  const folder = await temporaryFolder()
  const cover = join(folder, 'cover.png')
  if (content !== undefined) await writeFile(cover, content)
  const config = testConfig({ DATA_DIR: join(folder, 'data'), PLATE_COVER: cover })
  await expect(openServices(config, silent)).rejects.toThrow(message)
})
