import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const promises = readFileSync(resolve(root, 'RELIABILITY.md'), 'utf8')
const cited = [...promises.matchAll(/`(test\/[\w./-]+\.ts)` "([^"]+)"/g)].map(([, path, title]) => ({ path, title }))

test('every row of RELIABILITY.md names a test', () => {
  const rows = promises.split('\n').filter((line) => /^\| (?!when|---)/.test(line))
  expect(rows.length).toBeGreaterThan(10)
  expect(rows.filter((row) => !/`test\/[\w./-]+\.ts` "/.test(row))).toEqual([])
})

test.each(cited)('$path has the test "$title"', ({ path, title }) => {
  expect(existsSync(resolve(root, path))).toBe(true)
  expect(readFileSync(resolve(root, path), 'utf8')).toContain(title)
})

test('the commands it names are there', () => {
  const { scripts } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'))
  const named = [...promises.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name)
  expect(named).toEqual(['test:cluster', 'test:faults', 'load'])
  for (const name of named) expect(scripts).toHaveProperty(name)
})
