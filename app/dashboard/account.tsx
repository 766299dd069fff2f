'use client'
import { type ReactNode, useCallback, useState } from 'react'
import { accountsClient, type User } from '../../workers/accounts-client'
import { useWords } from '../text/words'
import { Choice } from '../ui/choice'
import { Refresh } from '../webhooks/refresh'
import { useLoaded } from '../webhooks/use-loaded'
import { DayChart } from './day-chart'
import { everyDay } from './days'
import { ErrorList } from './error-list'
import { Figures } from './figures'
import { Keys } from './keys'
import { Skeleton, Unanswered } from './notices'
import { PlanChoice } from './plan-choice'

const PERIODS = [7, 30, 90]

interface AccountProps {
  user: User
  /** Where there are several to choose from. */
  userChoice?: ReactNode
  canChangePlan: boolean
  onPlanChanged?: () => void
}

/** One user's keys, and what they were used for. */
export function Account({ user, userChoice, canChangePlan, onPlanChanged }: AccountProps) {
  const { t } = useWords()
  const [period, setPeriod] = useState(30)
  const load = useCallback((signal: AbortSignal) => accountsClient.usage(user.id, period, signal), [user.id, period])
  const usage = useLoaded(load)
  const { value, failed, loading, reload } = usage
  const options = PERIODS.map((count) => ({ value: String(count), label: t('dashboardDaysOption', { count }) }))
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="grow truncate font-semibold text-lg">{user.name}</h2>
        {userChoice}
        <Choice
          id="dashboard-days"
          label={t('dashboardDays')}
          value={String(period)}
          options={options}
          onChange={(days) => setPeriod(Number(days))}
        />
        <Refresh of={usage} />
      </div>
      {failed && <Unanswered failed={failed} loading={loading} onRetry={reload} />}
      {!value && !failed && <Skeleton />}
      {value && (
        <>
          <Figures usage={value} days={everyDay(value.days, period)} />
          <DayChart days={everyDay(value.days, period)} />
          <Keys user={value.user} keys={value.keys} onChanged={reload} />
          <div className="grid grid-cols-3 items-start gap-5 max-lg:grid-cols-1">
            <ErrorList errors={value.errors} keys={value.keys} />
            <PlanChoice
              user={value.user}
              canChange={canChangePlan}
              onChanged={() => {
                reload()
                onPlanChanged?.()
              }}
            />
          </div>
        </>
      )}
    </>
  )
}
