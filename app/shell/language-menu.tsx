'use client'
import { Languages } from 'lucide-react'
import { LOCALES, type Locale } from '../../core/text'
import { useWords } from '../text/words'
import { Menu } from '../ui/menu'

// Each in its own words: whoever needs the menu may not read the others.
const NAMES: Readonly<Record<Locale, string>> = { en: 'English', ru: 'Русский', zh: '中文' }

export function LanguageMenu() {
  const { t, locale, setLocale } = useWords()
  return (
    <Menu
      label={t('language')}
      icon={<Languages size={17} aria-hidden />}
      value={locale}
      options={LOCALES.map((value) => ({ value, label: NAMES[value] }))}
      onChange={setLocale}
    />
  )
}
