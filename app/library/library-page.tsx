'use client'
import { accountsClient, type Session } from '../../workers/accounts-client'
import { DashboardHeader } from '../dashboard/dashboard-header'
import { Notice, Skeleton, Unanswered } from '../dashboard/notices'
import { SignIn } from '../dashboard/sign-in'
import { LiveRegion } from '../shell/live-region'
import { Toasts } from '../shell/toasts'
import { mode } from '../state/preferences'
import { useStore } from '../state/store'
import { useTheme } from '../state/use-theme'
import { useWords } from '../text/words'
import { useLoaded } from '../webhooks/use-loaded'
import { Library } from './library'

/** Pictures that the server keeps, and the copies among them. */
export function LibraryPage() {
  const { t } = useWords()
  const isPrivate = useStore(mode) === 'private'
  useTheme()
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      {isPrivate ? (
        <Frame>
          <Notice text={t('libraryPrivate')}>
            <a href="/folder" className="text-accent-text text-sm underline">
              {t('folder')}
            </a>
          </Notice>
        </Frame>
      ) : (
        <Answered />
      )}
      <Toasts />
      <LiveRegion />
    </div>
  )
}

function Answered() {
  const { value, failed, loading, reload } = useLoaded(accountsClient.session)
  return (
    <Frame session={value} onSignedOut={reload}>
      {failed && !value && <Unanswered failed={failed} loading={loading} onRetry={reload} />}
      {!failed && !value && <Skeleton />}
      {value && (value.caller === 'none' ? <SignIn onSignedIn={reload} /> : <Library key={value.user?.id ?? ''} />)}
    </Frame>
  )
}

interface FrameProps {
  session?: Session
  onSignedOut?: () => void
  children: React.ReactNode
}

function Frame({ session, onSignedOut, children }: FrameProps) {
  const { t } = useWords()
  return (
    <>
      <DashboardHeader title={t('library')} user={session?.user ?? null} onSignedOut={onSignedOut} />
      <main className="min-h-0 grow overflow-y-auto" aria-label={t('library')}>
        <div className="mx-auto flex w-full max-w-6xl flex-col gap-5 px-6 py-6 max-md:px-3 max-md:py-4">{children}</div>
      </main>
    </>
  )
}
