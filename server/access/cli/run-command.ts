import { ToolError } from '../../../core/errors'
import type { Accounts, Key, MadeKey, User, UserChange } from '../../api/access/accounts'
import { PLANS, type PlanName, PlanName as PlanNames } from '../../api/access/plans'
import { keyLines, limitsWords } from './lines'

const USAGE = `Usage: npm run keys [command]

  list                            every key and whose it is (the default)
  create <user> [<plan>] [<name>] make a key; a user who is new is added, under the plan free unless told otherwise
  rotate <key id>                 replace a key; the old one ends at once
  revoke <key id>                 end a key for ever
  plan <user> <plan> [<limits>]   change a user's plan; enterprise takes limits such as
                                  per-minute=120 burst=240 quota=100000 period=month
  admin <user> yes|no             let a user manage users and keys

Plans: ${PLANS.join(', ')}. Exit codes: 0 done, 1 failed, 2 not understood.`

const NOT_UNDERSTOOD = 2

type Print = (line: string) => void

/** @returns the exit code */
export async function runCommand(args: readonly string[], accounts: Accounts, print: Print): Promise<number> {
  const [name = 'list', ...rest] = args
  const [first, second, ...more] = rest
  if (name === 'list' && rest.length === 0) return list(accounts, print)
  if (name === 'create' && first) return create(accounts, print, first, rest.slice(1))
  if (name === 'rotate' && first && rest.length === 1) return rotate(accounts, print, first)
  if (name === 'revoke' && first && rest.length === 1) return revoke(accounts, print, first)
  if (name === 'plan' && first && isPlan(second)) return plan(accounts, print, first, { plan: second, limits: more })
  if (name === 'admin' && first && (second === 'yes' || second === 'no')) {
    const user = await change(accounts, first, { isAdmin: second === 'yes' })
    print(`${user.name} ${user.isAdmin ? 'may' : 'may not'} manage users and keys.`)
    return 0
  }
  print(USAGE)
  return NOT_UNDERSTOOD
}

const isPlan = (word: string | undefined): word is PlanName => PlanNames.safeParse(word).success

async function list(accounts: Accounts, print: Print): Promise<number> {
  const [users, keys] = await Promise.all([accounts.listUsers(), accounts.listKeys()])
  for (const line of keyLines(users, keys)) print(line)
  return 0
}

async function create(accounts: Accounts, print: Print, name: string, rest: readonly string[]): Promise<number> {
  const [asked, label = 'key'] = isPlan(rest[0]) ? rest : [undefined, ...rest]
  const known = await findUser(accounts, name)
  if (known && asked && asked !== known.plan) {
    print(`${name} has the plan ${known.plan}; change it with: npm run keys plan ${JSON.stringify(name)} ${asked}`)
    return NOT_UNDERSTOOD
  }
  const user = known ?? (await accounts.addUser({ name, plan: isPlan(asked) ? asked : 'free' }))
  tell(await accounts.addKey(user.id, label), print)
  print(`It is ${user.name}'s, plan ${user.plan}: ${limitsWords(user.limits)}.`)
  return 0
}

function tell({ key, secret }: MadeKey, print: Print): void {
  print(`Key ${key.id}, told this once:`)
  print(secret)
}

async function rotate(accounts: Accounts, print: Print, id: string): Promise<number> {
  const key = await keyOf(accounts, id)
  const made = await accounts.rotateKey(key.id)
  if (!made) throw new ToolError('conflict', `The key ${id} was revoked, so it cannot be replaced; create a new one`)
  tell(made, print)
  return 0
}

async function revoke(accounts: Accounts, print: Print, id: string): Promise<number> {
  const key = await keyOf(accounts, id)
  await accounts.revokeKey(key.id)
  print(`The key ${id} of ${key.userName} is revoked.`)
  return 0
}

interface Wanted {
  readonly plan: PlanName
  readonly limits: readonly string[]
}

async function plan(accounts: Accounts, print: Print, name: string, { plan, limits }: Wanted): Promise<number> {
  const own = readLimits(limits)
  if (!own || (limits.length > 0 && plan !== 'enterprise')) {
    print(own ? 'Only the plan enterprise has limits of its own.' : USAGE)
    return NOT_UNDERSTOOD
  }
  const user = await change(accounts, name, { plan, limits: own })
  print(`${user.name} has the plan ${user.plan}: ${limitsWords(user.limits)}.`)
  return 0
}

const LIMITS = { 'per-minute': 'perMinute', burst: 'burst', quota: 'quota' } as const

/** Undefined where one of them is not understood. */
function readLimits(words: readonly string[]): UserChange['limits'] {
  const read = words.map((word): NonNullable<UserChange['limits']> | undefined => {
    const [name, value] = word.split('=')
    if (name === 'period' && (value === 'day' || value === 'month')) return { period: value }
    if (!(name in LIMITS) || !/^[1-9]\d{0,8}$/.test(value ?? '')) return undefined
    return { [LIMITS[name as keyof typeof LIMITS]]: Number(value) }
  })
  return read.includes(undefined) ? undefined : Object.assign({}, ...read)
}

const findUser = async (accounts: Accounts, name: string): Promise<User | undefined> =>
  (await accounts.listUsers()).find((user) => user.name === name || user.id === name)

/** @throws ToolError not-found */
async function change(accounts: Accounts, name: string, wanted: UserChange): Promise<User> {
  const user = await findUser(accounts, name)
  const changed = user && (await accounts.changeUser(user.id, wanted))
  if (!changed)
    throw new ToolError('not-found', `There is no user "${name}"; "npm run keys list" names those there are`)
  return changed
}

/** @throws ToolError not-found */
async function keyOf(accounts: Accounts, id: string): Promise<Key> {
  const key = await accounts.findKey(id)
  if (!key) throw new ToolError('not-found', `There is no key "${id}"; "npm run keys list" has their ids`)
  return key
}
