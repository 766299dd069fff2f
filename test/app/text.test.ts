import { describe, expect, test } from 'vitest'
import { type Dictionary, loadDictionary, type TextKey } from '../../app/text/dictionary'
import { en } from '../../app/text/en'
import { createFormats } from '../../app/text/formats'
import { acceptedLanguages, chooseLocale } from '../../app/text/locale'
import { createTranslate } from '../../app/text/translate'
import { LOCALES } from '../../core/text'

const keys = Object.keys(en) as TextKey[]
const forms = (dictionary: Dictionary, key: TextKey): string[] => {
  const text = dictionary[key]
  return typeof text === 'string' ? [text] : Object.values(text)
}
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

describe.each(LOCALES)('%s', (locale) => {
  test('has every text, with the same holes to fill as in English', async () => {
    const dictionary = await loadDictionary(locale)
    expect(Object.keys(dictionary).sort()).toEqual([...keys].sort())
    for (const key of keys) {
      const [english] = forms(en, key).slice(-1)
      for (const form of forms(dictionary, key)) {
        expect(form.trim(), key).not.toBe('')
        expect(holes(form), key).toEqual(holes(english).filter((name) => name !== 'count' || form.includes('{count}')))
      }
    }
  })

  test('has every plural form that its numbers need', async () => {
    const dictionary = await loadDictionary(locale)
    const needed = new Set([0, 1, 2, 3, 5, 11, 21, 22, 100].map((count) => new Intl.PluralRules(locale).select(count)))
    for (const key of keys) {
      const text = dictionary[key]
      if (typeof text !== 'string') expect(Object.keys(text), key).toEqual(expect.arrayContaining([...needed]))
    }
  })
})

test('no language but English says an English sentence', async () => {
  const other = await Promise.all([loadDictionary('ru'), loadDictionary('zh')])
  // What is only holes and punctuation says nothing in any language.
  const spoken = keys.filter((key) => forms(en, key).some((text) => /\p{L}/u.test(text.replace(/\{\w+\}/g, ''))))
  const same = spoken.filter((key) => other.some((dictionary) => forms(dictionary, key)[0] === forms(en, key)[0]))
  expect(same).toEqual([])
})

test('chooses the plural form by the number and writes numbers as the language does', async () => {
  const russian = createTranslate(await loadDictionary('ru'), 'ru')
  expect([1, 3, 5, 21].map((count) => russian('files', { count }))).toEqual([
    '1 файл',
    '3 файла',
    '5 файлов',
    '21 файл',
  ])
  const english = createTranslate(en, 'en')
  expect(english('files', { count: 1234 })).toBe('1,234 files')
})

test('speaks the first language of the browser that it knows, and English otherwise', () => {
  expect(chooseLocale(['fr-FR', 'zh-TW', 'ru'])).toBe('zh')
  expect(chooseLocale(['fr', 'de'])).toBe('en')
  expect(acceptedLanguages('en;q=0.5, ru-RU, zh;q=0.8')).toEqual(['ru-RU', 'zh', 'en'])
})

test('writes bytes, times and shares in units people read', () => {
  const format = createFormats('en')
  expect([0, 9, 354, 35_105, 4_900_000].map(format.bytes)).toEqual([
    '0 bytes',
    '9 bytes',
    '354 bytes',
    '35 kB',
    '4.9 MB',
  ])
  expect([0.4, 83.2, 1240, 200_000].map(format.duration)).toEqual(['0.4 ms', '83 ms', '1.2 sec', '3 min 20 sec'])
  expect(format.percent(0.756)).toBe('76%')
  expect(format.fixed(1074, 0)).toBe('1,074')
  expect(createFormats('ru').fixed(13158.5, 2)).toBe('13\u00a0158,50')
})
