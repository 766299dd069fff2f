'use client'
import { accountsClient, type Session } from '../../workers/accounts-client'
import { LiveRegion } from '../shell/live-region'
import { Toasts } from '../shell/toasts'
import { mode } from '../state/preferences'
import { useStore } from '../state/store'
import { useTheme } from '../state/use-theme'
import { useWords } from '../text/words'
import { useLoaded } from '../webhooks/use-loaded'
import { Account } from './account'
import { DashboardHeader } from './dashboard-header'
import { EveryAccount } from './every-account'
import { Notice, Skeleton, Unanswered } from './notices'
import { SignIn } from './sign-in'

/** Keys and what they are used for: one's own, or everybody's for an administrator. */
export function Dashboard() {
  const { t } = useWords()
  const isPrivate = useStore(mode) === 'private'
  useTheme()
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      {isPrivate ? (
        <Page>
          <Notice text={t('dashboardPrivate')} />
        </Page>
      ) : (
        <Answered />
      )}
      <Toasts />
      <LiveRegion />
    </div>
  )
}

function Answered() {
  const session = useLoaded(accountsClient.session)
  const { value, failed, loading, reload } = session
  return (
    <Page session={value} onSignedOut={reload}>
      {failed && !value && <Unanswered failed={failed} loading={loading} onRetry={reload} />}
      {!failed && !value && <Skeleton />}
      {value && <Whose session={value} onSignedIn={reload} />}
    </Page>
  )
}

function Whose({ session: { caller, admin, user }, onSignedIn }: { session: Session; onSignedIn: () => void }) {
  if (caller === 'none') return <SignIn onSignedIn={onSignedIn} />
  if (admin) return <EveryAccount own={user} />
  return user && <Account user={user} canChangePlan={false} />
}

interface PageProps {
  session?: Session
  onSignedOut?: () => void
  children: React.ReactNode
}

function Page({ session, onSignedOut, children }: PageProps) {
  const { t } = useWords()
  return (
    <>
      <DashboardHeader title={t('dashboard')} user={session?.user ?? null} onSignedOut={onSignedOut} />
      <main className="min-h-0 grow overflow-y-auto" aria-label={t('dashboard')}>
        <div className="mx-auto flex w-full max-w-6xl flex-col gap-5 px-6 py-6 max-md:px-3 max-md:py-4">
          {children}
          <p className="pb-4 text-muted text-xs">{t('dashboardAll')}</p>
        </div>
      </main>
    </>
  )
}
