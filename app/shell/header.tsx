'use client'
import { CircleHelp, WifiOff } from 'lucide-react'
import { useWords } from '../text/words'
import { IconButton } from '../ui/icon-button'
import { useBench } from './bench'
import { BrandMark } from './brand-mark'
import { LanguageMenu } from './language-menu'
import { PlaceBadge } from './place-badge'
import { PrivateSwitch } from './private-switch'
import { ThemeMenu } from './theme-menu'
import { useOnline } from './use-online'

export function Header() {
  const { t } = useWords()
  const { words, do: commands } = useBench()
  const online = useOnline()
  return (
    <header className="flex items-center gap-2 border-line border-b bg-surface pr-2 pl-5 [grid-area:head] max-md:pl-3">
      <BrandMark />
      <span className="font-semibold text-base">Darkroom</span>
      <span className="text-line-strong max-md:hidden" aria-hidden>
        /
      </span>
      <span className="truncate text-muted text-sm max-md:hidden">{words.title}</span>
      <div className="ml-auto flex items-center gap-1">
        {!online && (
          <span className="flex items-center gap-1.5 px-2 text-muted text-xs" title={t('offlineHelp')}>
            <WifiOff size={14} aria-hidden />
            <span className="max-md:sr-only">{t('offline')}</span>
          </span>
        )}
        <PlaceBadge />
        <PrivateSwitch />
        <span className="mx-1 h-5 w-px bg-line max-md:hidden" aria-hidden />
        <ThemeMenu />
        <LanguageMenu />
        <IconButton label={t('shortcuts')} onClick={() => commands.show('shortcuts')} className="max-md:hidden">
          <CircleHelp size={17} aria-hidden />
        </IconButton>
      </div>
    </header>
  )
}
