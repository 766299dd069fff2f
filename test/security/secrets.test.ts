import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

// A folder's lock has a token too, which is no secret: it lies in the folder.
const files = readdirSync('server', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name !== 'db/folder-lock.ts')
  .map((name) => ({ name: `server/${name}`, text: readFileSync(`server/${name}`, 'utf8') }))

const COMPARED = /\b\w*(?:secret|token|apiKey|password)\w*\s*[!=]==? (?!undefined|null|'')\S+/gi

test('secrets are compared at one place, in constant time', () => {
  const comparing = files.filter(({ text }) => text.includes('timingSafeEqual')).map(({ name }) => name)
  expect(comparing).toEqual(['server/access/secret.ts'])
})

test('nowhere is one compared by operators, which stop at the first letter that differs', () => {
  const found = files.flatMap(({ name, text }) => [...text.matchAll(COMPARED)].map(([what]) => `${name}: ${what}`))
  expect(found).toEqual([])
})

test('the detector sees a comparison that it should', () => {
  expect('if (sentToken === metrics.token) return'.match(COMPARED)).toEqual(['sentToken === metrics.token)'])
})
