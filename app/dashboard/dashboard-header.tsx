'use client'
import { LogOut } from 'lucide-react'
import { accountsClient, type User } from '../../workers/accounts-client'
import { PageHeader } from '../shell/page-header'
import { PrivateSwitch } from '../shell/private-switch'
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
    <PageHeader title={title}>
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
      <PrivateSwitch />
    </PageHeader>
  )
}
