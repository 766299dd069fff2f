import type { Limits } from './plans'

/** A key that was sent, and whose it is. */
export interface KeyHolder {
  readonly keyId: string
  readonly userId: string
  readonly isAdmin: boolean
  readonly limits: Limits
}
