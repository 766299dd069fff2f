'use client'
import { LogOut } from 'lucide-react'
import { accountsClient, type User } from '../../workers/accounts-client'
import { BrandMark } from '../shell/brand-mark'
import { LanguageMenu } from '../shell/language-menu'
import { ThemeMenu } from '../shell/theme-menu'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { IconButton } from '../ui/icon-button'

interface DashboardHeaderProps {
  title: string
  /** Who has signed in with a key. */
  user: User | null
  onSignedOut?: () => void
}

export function DashboardHeader({ title, user, onSignedOut }: DashboardHeaderProps) {
  const { t } = useWords()
  const signOut = () =>
    accountsClient.signOut().then(onSignedOut, () => toast({ text: t('dashboardUnreachable'), wrong: true }))
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-line border-b bg-surface pr-2 pl-5 max-md:h-13 max-md:pl-3">
      <a href="/" className="flex items-center gap-2 rounded-md max-md:min-h-11">
        <BrandMark />
        <span className="font-semibold text-base">Darkroom</span>
      </a>
      <span className="text-line-strong" aria-hidden>
        /
      </span>
      <h1 className="truncate text-muted text-sm">{title}</h1>
      <div className="ml-auto flex items-center gap-1">
        {user && (
          <>
            <span className="max-w-48 truncate px-2 text-muted text-sm max-md:hidden">
              {t('signedInAs', { name: user.name })}
            </span>
            <IconButton label={t('signOut')} onClick={signOut}>
              <LogOut size={17} aria-hidden />
            </IconButton>
            <span className="mx-1 h-5 w-px bg-line max-md:hidden" aria-hidden />
          </>
        )}
        <ThemeMenu />
        <LanguageMenu />
      </div>
    </header>
  )
}
