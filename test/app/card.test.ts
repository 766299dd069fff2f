import { describe, expect, test } from 'vitest'
import { toCard } from '../../app/tools/card'
import { toolWords } from '../../app/tools/tool-words'
import { LOCALES } from '../../core/text'
import { registry } from '../../operators/registry'

describe.each(registry)('$spec.id', ({ spec }) => {
  test('crosses to the page as plain data', async () => {
    const card = await toCard(spec)
    expect(JSON.parse(JSON.stringify(card))).toEqual(card)
  })

  test('has an icon, and layers that name what the result has', async () => {
    const card = await toCard(spec)
    expect(card.icon.length).toBeGreaterThan(0)
    const results = [...card.figures.map(({ name }) => name), card.table?.field]
    for (const layer of card.layers) {
      if (layer.kind === 'boxes' || layer.kind === 'pairs') expect(results).toContain(layer.field)
      if ('artefact' in layer) expect(card.artefacts.map(({ name }) => name)).toContain(layer.artefact)
    }
  })

  test.each(LOCALES)('has a title and words for every control in %s', async (locale) => {
    const card = await toCard(spec)
    const words = toolWords(card, locale)
    const english = toolWords(card, 'en')
    if (locale !== 'en') expect(words.title).not.toBe(english.title)
    for (const { name } of card.fields) {
      if (locale !== 'en') expect(words.field(name).title, name).not.toBe(english.field(name).title)
    }
  })

  test.each(LOCALES.filter((locale) => locale !== 'en'))('names what it found in %s', async (locale) => {
    const card = await toCard(spec)
    const words = toolWords(card, locale)
    for (const { name, title, words: meanings = {} } of [...card.figures, ...(card.table?.columns ?? [])]) {
      // Abbreviations and the letters of axes are the same in every language.
      for (const english of [title, ...Object.values(meanings)].filter((text) => /[a-z]/.test(text))) {
        expect(words.label(english === title ? name : english, english), english).not.toBe(english)
      }
    }
  })
})

test('leaves out of the figures what only repeats a setting', async () => {
  const template = registry.find(({ spec }) => spec.id === 'match-template')
  if (!template) throw new Error('no template matching')
  const card = await toCard(template.spec)
  expect(card.figures.map(({ name }) => name)).toEqual([
    'matches_found',
    'filtered_matches',
    'raw_matches',
    'best_score',
  ])
  expect(card.table?.columns.map(({ name }) => name)).toEqual(['x', 'y', 'w', 'h', 'score'])
})
