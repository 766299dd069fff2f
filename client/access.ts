import type { z } from 'zod'
import type {
  ChangedUser,
  KeyList,
  KeyObject,
  MadeKeyObject,
  NewKey,
  NewUser,
  SessionObject,
  UsageObject,
  UserList,
  UserObject,
} from '../server/api/contracts/access'
import type { Connection } from './connection'

type Key = z.output<typeof KeyObject>
type MadeKey = z.output<typeof MadeKeyObject>
type User = z.output<typeof UserObject>

/** Keys: an administrator manages everybody's, others their own. */
export class Keys {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Oldest first, revoked ones too; never with their secrets. */
  async list(): Promise<Key[]> {
    return (await this.#connection.json<z.output<typeof KeyList>>('api/v1/keys')).keys
  }

  /** @returns the key itself in `key`, which is never told again */
  create(key: z.input<typeof NewKey>): Promise<MadeKey> {
    return this.#connection.json('api/v1/keys', { method: 'POST', json: key })
  }

  /** Replaces a key; the old one ends at once. */
  rotate(id: string): Promise<MadeKey> {
    return this.#connection.json(`${pathOf(id)}/rotate`, { method: 'POST' })
  }

  /** Ends a key for ever. */
  revoke(id: string): Promise<Key> {
    return this.#connection.json(pathOf(id), { method: 'DELETE' })
  }

  /** Who the key belongs to. */
  session(): Promise<z.output<typeof SessionObject>> {
    return this.#connection.json('api/v1/session')
  }

  /** Quota and rate now, and what became of requests. @param userId the key's own user where left out */
  usage({
    userId,
    days,
  }: {
    readonly userId?: string
    readonly days?: number
  } = {}): Promise<z.output<typeof UsageObject>> {
    return this.#connection.json('api/v1/usage', { query: { user_id: userId, days } })
  }
}

const pathOf = (id: string): string => `api/v1/keys/${encodeURIComponent(id)}`

/** For administrators. */
export class Users {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async list(): Promise<User[]> {
    return (await this.#connection.json<z.output<typeof UserList>>('api/v1/users')).users
  }

  create(user: z.input<typeof NewUser>): Promise<User> {
    return this.#connection.json('api/v1/users', { method: 'POST', json: user })
  }

  /** What is left out stays. */
  change(id: string, user: z.input<typeof ChangedUser>): Promise<User> {
    return this.#connection.json(`api/v1/users/${encodeURIComponent(id)}`, { method: 'PUT', json: user })
  }
}
