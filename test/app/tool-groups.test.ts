import { expect, test } from 'vitest'
import { toCard } from '../../app/tools/card'
import { searchTools, toolGroups } from '../../app/tools/tool-groups'
import { registry } from '../../operators/registry'

const cards = await Promise.all(registry.map(({ spec }) => toCard(spec)))
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id)

test('every tool is listed once, and none without a job before one with', () => {
  const groups = toolGroups([{ ...cards[0], id: 'new', job: undefined }, ...cards])
  expect(ids(groups.flatMap((group) => group.cards)).sort()).toEqual(['new', ...ids(cards)].sort())
  expect(groups.at(-1)).toMatchObject({ job: 'more', cards: [{ id: 'new' }] })
})

test('a tool is found by what it does, in the language of the page and in English', () => {
  expect(ids(searchTools(cards, '3D scan', 'en'))).toEqual(['match-surface'])
  expect(ids(searchTools(cards, 'ШАБЛОН', 'ru'))).toContain('match-template')
  expect(ids(searchTools(cards, 'template', 'ru'))).toContain('match-template')
  expect(ids(searchTools(cards, '曲面', 'zh'))).toEqual(['match-surface'])
})

test('every word has to be there; nothing typed finds all', () => {
  expect(searchTools(cards, 'scan elephant', 'en')).toEqual([])
  expect(searchTools(cards, '  ', 'en')).toEqual(cards)
})
