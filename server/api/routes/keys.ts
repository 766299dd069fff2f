import type { Context } from 'hono'
import * as z from 'zod'
import { ToolError } from '../../../core/errors'
import type { Key } from '../access/accounts'
import { callerOf } from '../access/caller'
import type { Gate } from '../access/gate'
import { KeyList, KeyObject, MadeKeyObject, NewKey, toKeyObject } from '../contracts/access'
import { jsonBody, readJson } from '../json-body'
import { defineRoute, type Route } from '../route'
import { managedUser } from './managed-user'
import { needGate } from './need-gate'

const TAG = 'Access'

const OneKey = z.object({ id: z.string().meta({ description: 'As the list has it' }) })

const notFound = () => new ToolError('not-found', 'Key not found')

/** An administrator manages everybody's keys, others their own. */
export const keyRoutes = (gate: Gate | undefined): readonly Route[] => [
  list(gate),
  create(gate),
  rotate(gate),
  revoke(gate),
]

function list(gate: Gate | undefined): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/keys',
    operation: {
      id: 'listKeys',
      tag: TAG,
      summary: 'List keys',
      description: 'Oldest first, revoked ones too; an administrator is told those of all users, others their own.',
      answers: { 200: { description: 'The keys, without their secrets', schema: KeyList } },
      refusals: [401, 503],
      shell: 'curl -H "X-API-Key: $KEY" $HOST/api/v1/keys',
    },
    handle: async (c) => {
      const { accounts } = needGate(gate)
      const keys = await accounts.listKeys(managedUser(c))
      return c.json({ keys: keys.map(toKeyObject) })
    },
  })
}

function create(gate: Gate | undefined): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/keys',
    operation: {
      id: 'createKey',
      tag: TAG,
      summary: 'Make a key',
      description: 'The answer has the key itself, which nobody is ever told again: only its hash is kept.',
      body: jsonBody({ $ref: '#/components/schemas/NewKey' }),
      answers: { 201: { description: 'The key', schema: MadeKeyObject } },
      refusals: [401, 404, 413, 422, 503],
      shell: `curl -H "X-API-Key: $KEY" -H 'Content-Type: application/json' -d '{"name": "Laptop"}' $HOST/api/v1/keys`,
    },
    handle: async (c) => {
      const { accounts } = needGate(gate)
      const { name, user_id } = await readJson(c, NewKey)
      const { key, secret } = await accounts.addKey(ownerIn(c, user_id), name)
      return c.json({ ...toKeyObject(key), key: secret }, 201)
    },
  })
}

function rotate(gate: Gate | undefined): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/keys/{id}/rotate',
    params: OneKey,
    operation: {
      id: 'rotateKey',
      tag: TAG,
      summary: 'Replace a key',
      description: 'The old key and its sessions end at once; name, tasks and statistics stay.',
      answers: { 200: { description: 'The new key', schema: MadeKeyObject } },
      refusals: [401, 404, 409, 503],
      shell: 'curl -X POST -H "X-API-Key: $KEY" $HOST/api/v1/keys/$ID/rotate',
    },
    handle: async (c, { params: { id } }) => {
      const { accounts } = needGate(gate)
      await mine(c, id, gate)
      const made = await accounts.rotateKey(id)
      if (!made) throw new ToolError('conflict', 'The key was revoked, so it cannot be replaced; make a new one')
      return c.json({ ...toKeyObject(made.key), key: made.secret })
    },
  })
}

function revoke(gate: Gate | undefined): Route {
  return defineRoute({
    method: 'delete',
    path: '/api/v1/keys/{id}',
    params: OneKey,
    operation: {
      id: 'revokeKey',
      tag: TAG,
      summary: 'Revoke a key',
      description: 'It and its sessions end at once and for ever; its statistics stay.',
      answers: { 200: { description: 'The key as it now is', schema: KeyObject } },
      refusals: [401, 404, 503],
      shell: 'curl -X DELETE -H "X-API-Key: $KEY" $HOST/api/v1/keys/$ID',
    },
    handle: async (c, { params: { id } }) => {
      await mine(c, id, gate)
      const key = await needGate(gate).accounts.revokeKey(id)
      if (!key) throw notFound()
      return c.json(toKeyObject(key))
    },
  })
}

/** @throws ToolError not-found, as for a key that does not exist, when it is somebody else's */
async function mine(c: Context, id: string, gate: Gate | undefined): Promise<Key> {
  const key = await needGate(gate).accounts.findKey(id)
  const user = managedUser(c)
  if (!key || (user !== undefined && key.userId !== user)) throw notFound()
  return key
}

/** @throws ToolError forbidden when it is another's and the sender no administrator */
function ownerIn(c: Context, asked: string | undefined): string {
  const caller = callerOf(c)
  const own = caller.kind === 'key' ? caller.holder.userId : undefined
  const user = asked ?? own
  if (user === undefined) throw new ToolError('not-found', 'Say in user_id whose key it is to be')
  if (managedUser(c) !== undefined && user !== own) {
    throw new ToolError('forbidden', 'Only an administrator may make keys for others')
  }
  return user
}
