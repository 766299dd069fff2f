'use client'
import { useState } from 'react'
import { accountsClient, type User } from '../../workers/accounts-client'
import { useWords } from '../text/words'
import { Choice } from '../ui/choice'
import { useLoaded } from '../webhooks/use-loaded'
import { Account } from './account'
import { Notice, Skeleton, Unanswered } from './notices'
import { PLAN_TITLES } from './plan-titles'

/** What an administrator sees: one user's account, and which. */
export function EveryAccount({ own }: { own: User | null }) {
  const { t } = useWords()
  const users = useLoaded(accountsClient.users)
  const [chosen, choose] = useState(own?.id)
  const { value, failed, loading, reload } = users
  if (!value) return failed ? <Unanswered failed={failed} loading={loading} onRetry={reload} /> : <Skeleton />
  const user = value.find(({ id }) => id === chosen) ?? value.at(0)
  if (!user) return <Notice text={t('dashboardNoUsers')} />
  const options = value.map(({ id, name, plan }) => ({ value: id, label: `${name} (${PLAN_TITLES[plan]})` }))
  const choice = options.length > 1 && (
    <Choice id="dashboard-user" label={t('dashboardUser')} value={user.id} options={options} onChange={choose} />
  )
  return <Account key={user.id} user={user} userChoice={choice} canChangePlan onPlanChanged={reload} />
}
