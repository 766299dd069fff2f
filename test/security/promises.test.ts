import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const text = readFileSync('SECURITY.md', 'utf8')

test('SECURITY.md names tests that are there', () => {
  const named = [...text.matchAll(/`(test\/[\w./-]+)`/g)].map(([, file]) => file)
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((file) => !existsSync(file))).toEqual([])
})

test('SECURITY.md names each limit as the server has it', () => {
  const config = readFileSync('server/CONFIG.md', 'utf8')
  const limitOf = (variable: string) =>
    new RegExp(`^\\| \`${variable}\` \\| \`(\\d+)\``, 'm').exec(config)?.[1] ?? variable
  const promised = text.replaceAll(/(\d),(\d{3})/g, '$1$2')
  const limits = [
    'MAX_FILE_MB',
    'MAX_CLOUD_MB',
    'MAX_UPLOAD_MB',
    'MAX_HELD_MB',
    'MAX_MEGAPIXELS',
    'MAX_SIDE',
    'RUN_MEMORY_MB',
  ]
  for (const variable of [...limits, 'RUN_TIMEOUT_SECONDS']) {
    const row = promised.split('\n').find((line) => line.includes(`\`${variable}\``))
    expect([variable, row]).toEqual([variable, expect.stringMatching(new RegExp(`\\b${limitOf(variable)}\\b`))])
  }
})
