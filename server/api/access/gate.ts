import type { Context } from 'hono'
import type { Access } from './access'
import type { Accounts } from './accounts'
import type { Family } from './caller'

/** What an installation that several people reach knows about them. A device has one user, and no gate. */
export interface Gate {
  readonly access: Access
  readonly accounts: Accounts
  /** Families that need no key, wherever a request comes from. */
  readonly openFamilies: readonly Family[]
  /** Whether it is the word with which counts may be read. */
  isMetricsToken(sent: string): boolean
  /** Whether a request came from this machine and from nowhere behind it. */
  isOnThisMachine(c: Context): boolean
  /** The sender's address as limits count it; undefined where this host is not told. */
  addressOf(c: Context): string | undefined
}
