'use client'
import type { Session } from '../../workers/accounts-client'
import { useWords } from '../text/words'
import { Account } from './account'
import { EveryAccount } from './every-account'
import { Notice } from './notices'
import { SignedInPage } from './signed-in-page'

/** Keys and what they are used for: one's own, or everybody's for an administrator. */
export function Dashboard() {
  const { t } = useWords()
  return (
    <SignedInPage
      title={t('dashboard')}
      notice={<Notice text={t('dashboardPrivate')} />}
      unreachable={t('dashboardUnreachable')}
    >
      {(session) => (
        <>
          <Whose session={session} />
          <p className="pb-4 text-muted text-xs">{t('dashboardAll')}</p>
        </>
      )}
    </SignedInPage>
  )
}

function Whose({ session: { admin, user } }: { session: Session }) {
  if (admin) return <EveryAccount own={user} />
  return user && <Account user={user} canChangePlan={false} />
}
