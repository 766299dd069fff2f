'use client'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { Locale } from '../../core/text'
import { type Dictionary, loadDictionary } from './dictionary'
import { createFormats, type Formats } from './formats'
import { browserLocale, rememberLocale } from './locale'
import { createTranslate, type Translate } from './translate'

interface Words {
  readonly locale: Locale
  readonly t: Translate
  readonly format: Formats
  setLocale(locale: Locale): void
}

const WordsContext = createContext<Words | null>(null)

interface Spoken {
  readonly locale: Locale
  readonly dictionary: Dictionary
}

export function WordsProvider({ locale, dictionary, children }: Spoken & { children: ReactNode }) {
  const [spoken, setSpoken] = useState<Spoken>({ locale, dictionary })

  const speak = useCallback(async (next: Locale) => {
    setSpoken({ locale: next, dictionary: await loadDictionary(next) })
    document.documentElement.lang = next
  }, [])

  // A page from the offline cache is in the language of the day it was stored.
  useEffect(() => {
    if (browserLocale() !== locale) void speak(browserLocale())
  }, [locale, speak])

  const words = useMemo<Words>(
    () => ({
      locale: spoken.locale,
      t: createTranslate(spoken.dictionary, spoken.locale),
      format: createFormats(spoken.locale),
      setLocale: (next) => {
        rememberLocale(next)
        void speak(next)
      },
    }),
    [spoken, speak],
  )
  return <WordsContext value={words}>{children}</WordsContext>
}

export function useWords(): Words {
  const words = useContext(WordsContext)
  if (!words) throw new Error('useWords needs a WordsProvider around it')
  return words
}
