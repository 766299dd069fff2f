'use client'
import { useState } from 'react'
import { type Failure, failure } from '../../core/errors'
import { PLAN_LIMITS, PLANS, type PlanName } from '../../server/api/access/plans'
import { accountsClient, type User } from '../../workers/accounts-client'
import { Problem } from '../panel/problem'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { Card } from './card'
import { PLAN_TITLES } from './plan-titles'
import { useFailureText } from './use-failure-text'

interface PlanChoiceProps {
  user: User
  canChange: boolean
  onChanged: () => void
}

/** The plans with what they allow; an administrator chooses one for a user. */
export function PlanChoice({ user, canChange, onChanged }: PlanChoiceProps) {
  const { t } = useWords()
  const failureText = useFailureText()
  const [asked, ask] = useState<PlanName>()
  const [failed, setFailed] = useState<Failure>()
  if (asked === user.plan) ask(undefined) // what was asked for shows until the user with the new plan has come

  const choose = async (plan: PlanName) => {
    ask(plan)
    setFailed(undefined)
    try {
      await accountsClient.changePlan(user.id, plan)
      toast({ text: t('planChanged', { plan: PLAN_TITLES[plan] }) })
      onChanged()
    } catch (error) {
      setFailed(failure(error))
      ask(undefined)
    }
  }

  return (
    <Card title={t('planTitle')}>
      <fieldset className="flex flex-col gap-2" disabled={!canChange || asked !== undefined}>
        <legend className="sr-only">{t('planTitle')}</legend>
        {PLANS.map((plan) => (
          <label
            key={plan}
            className="flex items-center gap-3 rounded-lg border border-line px-3 py-2.5 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent has-enabled:cursor-pointer has-enabled:hover:border-line-strong"
          >
            <input
              type="radio"
              name="plan"
              value={plan}
              checked={(asked ?? user.plan) === plan}
              onChange={() => choose(plan)}
              className="size-4 shrink-0 accent-accent outline-none"
            />
            <span className="flex min-w-0 flex-col">
              <span className="font-medium text-sm">{PLAN_TITLES[plan]}</span>
              <Allowed plan={plan} user={user} />
            </span>
          </label>
        ))}
      </fieldset>
      {!canChange && <p className="text-muted text-xs">{t('planOnlyAdmin')}</p>}
      <div aria-live="polite">{failed && <Problem text={failureText(failed)} />}</div>
    </Card>
  )
}

function Allowed({ plan, user }: { plan: PlanName; user: User }) {
  const { t } = useWords()
  if (plan === 'enterprise' && user.plan !== plan) return <span className="text-muted text-xs">{t('planOwn')}</span>
  const limits = plan === user.plan ? ofUser(user) : PLAN_LIMITS[plan]
  const quota = limits.quota === null ? t('planEndless') : t(`planQuota_${limits.period}`, { count: limits.quota })
  return (
    <span className="text-muted text-xs">
      {t('planRate', { rate: limits.perMinute, burst: limits.burst })}
      <br />
      {quota}
    </span>
  )
}

/** An enterprise user's can be other than the plan's. */
const ofUser = ({ limits: { per_minute, burst, quota, period } }: User) => ({
  ...{ perMinute: per_minute, burst, quota, period },
})
