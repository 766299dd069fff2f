import type { KeyHolder } from './key-holder'
import type { Limits } from './plans'

/** Whether a request was let through, and where its sender stands with the limits. */
export interface Metered {
  readonly admitted: boolean
  /** Requests that a full bucket holds. */
  readonly limit: number
  /** Requests that may be sent at once, and that the quota still has. */
  readonly remaining: number
  /** When `remaining` grows next; after a refusal, when the same request will be let through. */
  readonly resetAt: Date
  /** By the clock that counts. */
  readonly now: Date
  /** Pictures of this period that count against the quota. */
  readonly used: number
  /** When they count no more. */
  readonly quotaResetAt: Date
}

/** What a metered request came to. Nothing of its picture or its sender. */
export interface Outcome {
  /** `POST /api/v1/remove-watermark`. */
  readonly endpoint: string
  readonly status: number
  readonly ms: number
  /** The kind of failure, a few words; null where there was none. */
  readonly error: string | null
}

/** Keys and counts, as the guard needs them. All processes of an installation share them. */
export interface Access {
  /** Whose key it is; undefined where it is nobody's or was revoked. */
  findKey(key: string): Promise<KeyHolder | undefined>
  /** Whose session it is, as `POST /api/v1/session` made it. */
  findSession(token: string): Promise<KeyHolder | undefined>
  /**
   * Counts one request against a rate and `pictures` against a quota, in one step: of any number of requests at the same
   * moment, none too many is admitted. What is refused is not counted.
   *
   * @param subject who is limited: `user:…` or `address:…`
   */
  take(subject: string, limits: Limits, cost: { requests: number; pictures: number }): Promise<Metered>
  /** Gives pictures back to a quota: those of a request that failed. */
  giveBack(subject: string, limits: Limits, pictures: number): Promise<void>
  record(holder: KeyHolder, outcome: Outcome): Promise<void>
}
