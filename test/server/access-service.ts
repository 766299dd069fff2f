import { addKey } from '../../server/access/key-store'
import { openGate } from '../../server/access/open-gate'
import { addUser } from '../../server/access/user-store'
import type { UserChange } from '../../server/api/access/accounts'
import type { PlanName } from '../../server/api/access/plans'
import { createApp } from '../../server/api/app'
import { type Database, openDatabase } from '../../server/db/database'
import { HeldBytes } from '../../server/uploads/held-bytes'
import { hold } from '../../server/uploads/hold'
import { MemoryEngine } from '../api/memory-engine'
import { testConfig } from './support'

type Env = Record<string, string | undefined>

/** A time that tests move. */
export class TestClock {
  #now: number

  constructor(start: string) {
    this.#now = Date.parse(start)
  }

  read = () => new Date(this.#now)

  forward(seconds: number) {
    this.#now += seconds * 1000
  }
}

let users = 0

/** The REST app with real keys and counts over an engine in memory, as if each request came from an address. */
export async function accessService(env: Env, { clock, database }: { clock?: TestClock; database?: Database } = {}) {
  const config = testConfig(env)
  const opened = database ?? (await openDatabase(config))
  const { sql } = opened
  const engine = Object.assign(new MemoryEngine(), {
    hold: (request: Request, limits: Parameters<typeof hold>[1]) => hold(request, limits, new HeldBytes(1e9)),
  })
  const gate = openGate(sql, config, clock?.read)
  const metrics = config.metrics.enabled ? { answered: () => {}, expose: async () => '' } : undefined
  const logged: unknown[] = []
  const app = createApp(engine, { gate, metrics, imageSide: config.imageSide, log: (error) => logged.push(error) })
  return {
    engine,
    gate,
    database: opened,
    logged,
    /** A request from somewhere else, unless told otherwise. */
    ask: (path: string, init: RequestInit = {}, address = `203.0.113.${1 + (users % 250)}`) =>
      app.request(`http://darkroom.test${path}`, init, { address }),
    /** As `ask`, on the machine of the server. */
    askHere: (path: string, init: RequestInit = {}) =>
      app.request(
        `http://127.0.0.1:8080${path}`,
        { ...init, headers: { host: '127.0.0.1:8080', ...init.headers } },
        {
          address: '127.0.0.1',
        },
      ),
    async newKey(plan: PlanName, change: UserChange = {}) {
      const user = await addUser(sql, { ...change, name: `user ${++users}`, plan })
      return { user, ...(await addKey(sql, user.id, 'test')) }
    },
  }
}
