import type { KeyHolder } from './key-holder'
import type { Limits, PlanName } from './plans'

/** Whom keys belong to. */
export interface User {
  readonly id: string
  readonly name: string
  readonly plan: PlanName
  readonly isAdmin: boolean
  /** The plan's, or an enterprise user's own. */
  readonly limits: Limits
  readonly createdAt: Date
}

export interface UserChange {
  readonly name?: string
  readonly plan?: PlanName
  readonly isAdmin?: boolean
  /** For the plan `enterprise`; what is left out is the plan's. */
  readonly limits?: Partial<Limits>
}

/** A key as people recognise it; the key itself is told once, when it is made. */
export interface Key {
  readonly id: string
  readonly userId: string
  readonly userName: string
  readonly name: string
  /** Its first and last characters; empty of a short one that somebody chose. */
  readonly prefix: string
  readonly lastFour: string
  readonly createdAt: Date
  readonly rotatedAt: Date | null
  readonly revokedAt: Date | null
  readonly lastUsedAt: Date | null
}

export interface MadeKey {
  readonly key: Key
  /** Told once, and kept by nobody but the caller. */
  readonly secret: string
}

/** Of one key, since it was made. */
export interface Totals {
  readonly success: number
  readonly failed: number
  /** Of the successes. */
  readonly processingMs: number
}

export interface Usage {
  readonly user: User
  readonly quota: { readonly used: number; readonly limit: number | null; readonly resetAt: Date }
  readonly rate: { readonly limit: number; readonly remaining: number; readonly resetAt: Date }
  readonly keys: readonly (Key & Totals)[]
  /** Each day that had a request, oldest first, in UTC. */
  readonly days: readonly { readonly day: string; readonly success: number; readonly failed: number }[]
  /** Of the successes of these days; null where there were none. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number } | null
  /** Newest first. */
  readonly errors: readonly {
    readonly at: Date
    readonly keyId: string
    readonly endpoint: string
    readonly status: number
    readonly error: string | null
  }[]
}

/** Users, keys, sessions and what was used. */
export interface Accounts {
  listUsers(): Promise<User[]>
  findUser(id: string): Promise<User | undefined>
  /** @throws ToolError conflict when the name is taken */
  addUser(user: { readonly name: string; readonly plan: PlanName } & UserChange): Promise<User>
  /** Undefined when there is none. @throws ToolError conflict when the name is taken */
  changeUser(id: string, change: UserChange): Promise<User | undefined>
  /** Oldest first, revoked ones too; of all users when told none. */
  listKeys(userId?: string): Promise<Key[]>
  findKey(id: string): Promise<Key | undefined>
  /** @throws ToolError not-found when there is no such user */
  addKey(userId: string, name: string): Promise<MadeKey>
  /** The old key and its sessions end at once. Undefined when there is none, or it is revoked. */
  rotateKey(id: string): Promise<MadeKey | undefined>
  /** Ends it and its sessions for ever. Undefined when there is none. */
  revokeKey(id: string): Promise<Key | undefined>
  totals(keyId: string): Promise<Totals>
  /** Undefined when there is no such user. */
  usage(userId: string, days: number): Promise<Usage | undefined>
  /** @returns the token of a session that lasts `seconds` */
  openSession(holder: KeyHolder, seconds: number): Promise<string>
  closeSession(token: string): Promise<void>
}
