import * as z from 'zod'
import type { Key, Totals, Usage, User } from '../access/accounts'
import { PlanName } from '../access/plans'
import { time, utc } from './matching'

const name = z.string().trim().min(1).max(100)
const most = 1_000_000_000

const LimitsObject = z.object({
  per_minute: z.int().min(1).max(60_000).meta({ description: 'Requests a minute in the long run' }),
  burst: z.int().min(1).max(60_000).meta({ description: 'Most requests at once, after a pause' }),
  quota: z.int().min(1).max(most).nullable().meta({ description: 'Most pictures in a period; null is any number' }),
  period: z.enum(['day', 'month']).meta({ description: 'In UTC' }),
})

const { per_minute, burst, quota, period } = LimitsObject.shape
/** What is left out is the plan's. */
const OwnLimits = z
  .strictObject({ per_minute, burst, quota: quota.unwrap(), period })
  .partial()
  .meta({ description: 'For the plan `enterprise` only; what is left out is the plan’s' })

export const UserObject = z
  .object({
    id: z.string().meta({ examples: ['usr_5f3a9c0d1e2b4f6a7c8d9e0f'] }),
    name,
    plan: PlanName,
    admin: z.boolean().meta({ description: 'May manage users and everybody’s keys' }),
    limits: LimitsObject,
    created_at: time('When it was added, UTC'),
  })
  .meta({ title: 'User' })

export const UserList = z.object({ users: z.array(UserObject) }).meta({ title: 'Users' })

const onlyEnterprise = ({ plan, limits }: { plan?: PlanName; limits?: unknown }): boolean =>
  limits === undefined || plan === 'enterprise'
const ONLY_ENTERPRISE = {
  path: ['limits'],
  message: 'Only the plan enterprise has limits of its own: send "plan": "enterprise" with them',
}

export const NewUser = z
  .strictObject({
    name,
    plan: PlanName.default('free'),
    admin: z.boolean().default(false),
    limits: OwnLimits.optional(),
  })
  .refine(onlyEnterprise, ONLY_ENTERPRISE)
  .meta({ title: 'New user', examples: [{ name: 'Shop', plan: 'basic' }] })

export const ChangedUser = z
  .strictObject({
    name: name.optional(),
    plan: PlanName.optional(),
    admin: z.boolean().optional(),
    limits: OwnLimits.optional(),
  })
  .refine(onlyEnterprise, ONLY_ENTERPRISE)
  .meta({ title: 'Change of a user', examples: [{ plan: 'pro' }] })

export const KeyObject = z
  .object({
    id: z.string().meta({ examples: ['key_5f3a9c0d1e2b4f6a7c8d9e0f'] }),
    name,
    user_id: z.string(),
    user_name: z.string(),
    prefix: z.string().meta({ description: 'How it begins; empty of a short key that somebody chose' }),
    last_four: z.string().meta({ description: 'How it ends; empty of a short key that somebody chose' }),
    created_at: time('When it was made, UTC'),
    rotated_at: time('When it was replaced last, UTC; null where never').nullable(),
    revoked_at: time('When it ended, UTC; null while it is good').nullable(),
    last_used_at: time('When it was used last, UTC, to the minute; null where never').nullable(),
  })
  .meta({ title: 'Key' })

export const KeyList = z.object({ keys: z.array(KeyObject) }).meta({ title: 'Keys' })

export const NewKey = z
  .strictObject({
    name,
    user_id: z.string().optional().meta({ description: 'Whose it is to be; the sender’s own where left out' }),
  })
  .meta({ title: 'New key', examples: [{ name: 'Laptop' }] })

export const MadeKeyObject = KeyObject.extend({
  key: z.string().meta({ description: 'The key itself: told now and never again' }),
}).meta({ title: 'Key that was just made' })

const counts = {
  total: z.int().min(0),
  success: z.int().min(0),
  failed: z.int().min(0),
}

export const UsageObject = z
  .object({
    user: UserObject,
    quota: z.object({
      used: z.int().min(0).meta({ description: 'Pictures of this period' }),
      limit: z.int().nullable().meta({ description: 'Null is any number' }),
      resets_at: time('When the period ends, UTC'),
    }),
    rate: z.object({
      limit: z.int().meta({ description: 'Requests that may be sent at once after a pause' }),
      remaining: z.int().min(0),
      resets_at: time('When `remaining` grows next, UTC'),
    }),
    keys: z.array(
      KeyObject.extend({
        ...counts,
        avg_processing_time: z.number().meta({ description: 'Seconds, of the successes' }),
      }),
    ),
    days: z
      .array(z.object({ day: z.iso.date(), ...counts }))
      .meta({ description: 'Those that had a request, oldest first, in UTC' }),
    latency: z
      .object({ p50: z.number(), p95: z.number(), p99: z.number() })
      .nullable()
      .meta({ description: 'Seconds, of the successes of these days; null where there were none' }),
    errors: z
      .array(
        z.object({
          at: time('UTC'),
          key_id: z.string(),
          endpoint: z.string(),
          status: z.int(),
          error: z.string().nullable().meta({ description: 'The kind of error, without anything that was sent' }),
        }),
      )
      .meta({ description: 'At most 50, newest first' }),
  })
  .meta({ title: 'Usage' })

export const SessionObject = z
  .object({
    caller: z.enum(['local', 'key', 'none']).meta({
      description: '`local`: this machine’s page, which needs no key; `key`: signed in; `none`: neither',
    }),
    admin: z.boolean().meta({ description: 'Whether users and keys may be managed' }),
    user: UserObject.nullable(),
  })
  .meta({ title: 'Session' })

export const SignIn = z.strictObject({ key: z.string().min(1).max(1000) }).meta({ title: 'Sign-in' })

export const toUserObject = ({ id, name, plan, isAdmin, limits, createdAt }: User): z.infer<typeof UserObject> => ({
  ...{ id, name, plan, admin: isAdmin },
  limits: { per_minute: limits.perMinute, burst: limits.burst, quota: limits.quota, period: limits.period },
  created_at: utc(createdAt),
})

export function fromLimits(limits: z.output<typeof OwnLimits> | undefined) {
  if (!limits) return undefined
  const { per_minute: perMinute, burst, quota, period } = limits
  return { perMinute, burst, quota, period }
}

export const toKeyObject = (key: Key): z.infer<typeof KeyObject> => ({
  ...{ id: key.id, name: key.name, user_id: key.userId, user_name: key.userName },
  ...{ prefix: key.prefix, last_four: key.lastFour },
  created_at: utc(key.createdAt),
  rotated_at: utcOrNull(key.rotatedAt),
  revoked_at: utcOrNull(key.revokedAt),
  last_used_at: utcOrNull(key.lastUsedAt),
})

export const toUsageObject = ({
  user,
  quota,
  rate,
  keys,
  days,
  latency,
  errors,
}: Usage): z.infer<typeof UsageObject> => ({
  user: toUserObject(user),
  quota: { used: quota.used, limit: quota.limit, resets_at: utc(quota.resetAt) },
  rate: { limit: rate.limit, remaining: rate.remaining, resets_at: utc(rate.resetAt) },
  keys: keys.map((key) => ({ ...toKeyObject(key), ...toCounts(key), avg_processing_time: average(key) })),
  days: days.map((one) => ({ day: one.day, ...toCounts(one) })),
  latency: latency && { p50: latency.p50 / 1000, p95: latency.p95 / 1000, p99: latency.p99 / 1000 },
  errors: errors.map(({ at, keyId, ...error }) => ({ ...error, at: utc(at), key_id: keyId })),
})

const toCounts = ({ success, failed }: Pick<Totals, 'success' | 'failed'>) => ({
  total: success + failed,
  success,
  failed,
})

const average = ({ success, processingMs }: Totals): number => (success === 0 ? 0 : processingMs / success / 1000)

const utcOrNull = (at: Date | null): string | null => at && utc(at)
