'use client'
import type { ReactNode } from 'react'
import { accountsClient, type Session } from '../../workers/accounts-client'
import { LiveRegion } from '../shell/live-region'
import { Toasts } from '../shell/toasts'
import { mode } from '../state/preferences'
import { useStore } from '../state/store'
import { useTheme } from '../state/use-theme'
import { useLoaded } from '../webhooks/use-loaded'
import { DashboardHeader } from './dashboard-header'
import { Skeleton, Unanswered } from './notices'
import { SignIn } from './sign-in'

interface SignedInPageProps {
  title: string
  /** Stands there in private mode, in which the server is asked for nothing. */
  notice: ReactNode
  /** Stands there where the server does not answer. */
  unreachable: string
  children: (session: Session) => ReactNode
}

/** A page of what the server keeps for a user: signs in first where a key is asked for. */
export function SignedInPage({ title, notice, unreachable, children }: SignedInPageProps) {
  const isPrivate = useStore(mode) === 'private'
  useTheme()
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      {isPrivate ? <Frame title={title}>{notice}</Frame> : <Answered {...{ title, unreachable }}>{children}</Answered>}
      <Toasts />
      <LiveRegion />
    </div>
  )
}

function Answered({ title, unreachable, children }: Omit<SignedInPageProps, 'notice'>) {
  const { value, failed, loading, reload } = useLoaded(accountsClient.session)
  return (
    <Frame title={title} session={value} onSignedOut={reload}>
      {failed && !value && <Unanswered {...{ failed, unreachable, loading }} onRetry={reload} />}
      {!failed && !value && <Skeleton />}
      {value && (value.caller === 'none' ? <SignIn onSignedIn={reload} /> : children(value))}
    </Frame>
  )
}

interface FrameProps {
  title: string
  session?: Session
  onSignedOut?: () => void
  children: ReactNode
}

function Frame({ title, session, onSignedOut, children }: FrameProps) {
  return (
    <>
      <DashboardHeader title={title} user={session?.user ?? null} onSignedOut={onSignedOut} />
      <main className="min-h-0 grow overflow-y-auto" aria-label={title}>
        <div className="mx-auto flex w-full max-w-6xl flex-col gap-5 px-6 py-6 max-md:px-3 max-md:py-4">{children}</div>
      </main>
    </>
  )
}
