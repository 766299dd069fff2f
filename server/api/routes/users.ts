import * as z from 'zod'
import { ToolError } from '../../../core/errors'
import type { Gate } from '../access/gate'
import { ChangedUser, fromLimits, NewUser, toUserObject, UserList, UserObject } from '../contracts/access'
import { jsonBody, readJson } from '../json-body'
import { defineRoute, type Route } from '../route'
import { needGate } from './need-gate'

const TAG = 'Access'

const OneUser = z.object({ id: z.string().meta({ description: 'As the list has it' }) })

/** For administrators, and for the page on the server's own machine. */
export const userRoutes = (gate: Gate | undefined): readonly Route[] => [list(gate), create(gate), change(gate)]

function list(gate: Gate | undefined): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/users',
    access: 'admin',
    operation: {
      id: 'listUsers',
      tag: TAG,
      summary: 'List users',
      answers: { 200: { description: 'Oldest first', schema: UserList } },
      refusals: [401, 403, 503],
      shell: 'curl -H "X-API-Key: $KEY" $HOST/api/v1/users',
    },
    handle: async (c) => c.json({ users: (await needGate(gate).accounts.listUsers()).map(toUserObject) }),
  })
}

function create(gate: Gate | undefined): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/users',
    access: 'admin',
    operation: {
      id: 'createUser',
      tag: TAG,
      summary: 'Add a user',
      body: jsonBody({ $ref: '#/components/schemas/NewUser' }),
      answers: { 201: { description: 'The user', schema: UserObject } },
      refusals: [401, 409, 413, 422, 503],
      shell: `curl -H "X-API-Key: $KEY" -H 'Content-Type: application/json' -d '{"name": "Shop", "plan": "basic"}' $HOST/api/v1/users`,
    },
    handle: async (c) => {
      const { accounts } = needGate(gate)
      const { admin, limits, ...user } = await readJson(c, NewUser)
      const added = await accounts.addUser({ ...user, isAdmin: admin, limits: fromLimits(limits) })
      return c.json(toUserObject(added), 201)
    },
  })
}

function change(gate: Gate | undefined): Route {
  return defineRoute({
    method: 'put',
    path: '/api/v1/users/{id}',
    params: OneUser,
    access: 'admin',
    operation: {
      id: 'changeUser',
      tag: TAG,
      summary: 'Change a user',
      description: 'What is left out stays; a plan without limits has the plan’s. What was used stays used.',
      body: jsonBody({ $ref: '#/components/schemas/ChangedUser' }),
      answers: { 200: { description: 'The user as it now is', schema: UserObject } },
      refusals: [401, 404, 409, 413, 422, 503],
      shell: `curl -X PUT -H "X-API-Key: $KEY" -H 'Content-Type: application/json' -d '{"plan": "pro"}' $HOST/api/v1/users/$ID`,
    },
    handle: async (c, { params: { id } }) => {
      const { accounts } = needGate(gate)
      const { admin, limits, ...changes } = await readJson(c, ChangedUser)
      const user = await accounts.changeUser(id, { ...changes, isAdmin: admin, limits: fromLimits(limits) })
      if (!user) throw new ToolError('not-found', 'User not found')
      return c.json(toUserObject(user))
    },
  })
}
