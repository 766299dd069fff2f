import { expect, test } from 'vitest'
import { findTool } from '../../operators/registry'

const quad = [10, 10, 60, 10, 60, 25, 10, 25]
const kept = { size: { width: 100, height: 50 }, detected: [{ score: 0.6, quad }], given: [], notes: [] }

test('live parameters apply with those that have a control alone, as the page holds them', async () => {
  const { refine } = (await findTool('cover-plates').loadRefine?.()) ?? {}
  const found = [0.05, 0.6, 0.61].map((threshold) => refine?.(kept, { threshold }).plates_found)
  expect(found).toEqual([1, 1, 0])
})

test('a tool without live parameters has nothing to apply', () => {
  expect(findTool('match-surface').loadRefine).toBeUndefined()
})
