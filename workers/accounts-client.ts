import * as z from 'zod'
import type { PlanName } from '../server/api/access/plans'
import { MadeKeyObject, SessionObject, UsageObject, UserObject } from '../server/api/contracts/access'
import { askServer, sendJson } from './ask-server'

export type Session = z.infer<typeof SessionObject>
export type User = z.infer<typeof UserObject>
export type Usage = z.infer<typeof UsageObject>
export type MadeKey = z.infer<typeof MadeKeyObject>

const UserList = z.object({ users: z.array(UserObject) })

const ask = (path: string, init?: RequestInit): Promise<Response> =>
  askServer(`/api/v1/${path}`, 'Keys and usage are kept by the server, which does not answer', init)

const read = async (path: string, init?: RequestInit): Promise<unknown> => (await ask(path, init)).json()

/**
 * Users, their keys and what they used, as the server keeps them; a device has none. Every call throws ToolError: the
 * server's refusal, or `unavailable` where no server answers.
 */
export const accountsClient = {
  session: async (signal: AbortSignal): Promise<Session> => SessionObject.parse(await read('session', { signal })),

  /** @throws ToolError forbidden when it is nobody's key */
  async signIn(key: string): Promise<void> {
    await ask('session', sendJson('POST', { key }))
  },

  async signOut(): Promise<void> {
    await ask('session', { method: 'DELETE' })
  },

  /** Oldest first; for administrators. */
  users: async (signal: AbortSignal): Promise<User[]> => UserList.parse(await read('users', { signal })).users,

  changePlan: async (user: string, plan: PlanName): Promise<User> =>
    UserObject.parse(await read(`users/${user}`, sendJson('PUT', { plan }))),

  /** Of one user, as far back as `days`. */
  usage: async (user: string, days: number, signal: AbortSignal): Promise<Usage> =>
    UsageObject.parse(await read(`usage?user_id=${encodeURIComponent(user)}&days=${days}`, { signal })),

  /** The key itself is in this answer and in no other. */
  createKey: async (user: string, name: string): Promise<MadeKey> =>
    MadeKeyObject.parse(await read('keys', sendJson('POST', { name, user_id: user }))),

  /** Ends the old key and makes one that takes its place. */
  rotateKey: async (id: string): Promise<MadeKey> =>
    MadeKeyObject.parse(await read(`keys/${id}/rotate`, { method: 'POST' })),

  async revokeKey(id: string): Promise<void> {
    await ask(`keys/${id}`, { method: 'DELETE' })
  },
}
