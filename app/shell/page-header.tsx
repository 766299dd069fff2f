import type { ReactNode } from 'react'
import { BrandMark } from './brand-mark'
import { LanguageMenu } from './language-menu'
import { ThemeMenu } from './theme-menu'

interface PageHeaderProps {
  title: string
  /** The name of the product stands beside its mark on phones, too. */
  isNameOnPhones?: boolean
  /** What stands before the menus. */
  children?: ReactNode
}

/** The top of a page beside the workbench: the way back, its title, theme and language. */
export function PageHeader({ title, isNameOnPhones = true, children }: PageHeaderProps) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-line border-b bg-surface pr-2 pl-5 max-md:h-13 max-md:pl-3">
      <a href="/" className="flex items-center gap-2 rounded-md max-md:min-h-11">
        <BrandMark />
        <span className={`font-semibold text-base ${isNameOnPhones ? '' : 'max-md:sr-only'}`}>Darkroom</span>
      </a>
      <span className="text-line-strong" aria-hidden>
        /
      </span>
      <h1 className="truncate text-muted text-sm">{title}</h1>
      <div className="ml-auto flex items-center gap-1">
        {children}
        <ThemeMenu />
        <LanguageMenu />
      </div>
    </header>
  )
}
