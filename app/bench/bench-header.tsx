'use client'
import { BrandMark } from '../shell/brand-mark'
import { LanguageMenu } from '../shell/language-menu'
import { ThemeMenu } from '../shell/theme-menu'
import { useWords } from '../text/words'

export function BenchHeader() {
  const { t } = useWords()
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-line border-b bg-surface pr-2 pl-5 max-md:h-13 max-md:pl-3">
      <a href="/" className="flex items-center gap-2 rounded-md max-md:min-h-11">
        <BrandMark />
        <span className="font-semibold text-base">Darkroom</span>
      </a>
      <span className="text-line-strong" aria-hidden>
        /
      </span>
      <h1 className="truncate text-muted text-sm">{t('bench')}</h1>
      <div className="ml-auto flex items-center gap-1">
        <ThemeMenu />
        <LanguageMenu />
      </div>
    </header>
  )
}
