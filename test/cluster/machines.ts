import { randomUUID } from 'node:crypto'
import { type ServerProcess, startProcess } from '../server/server-process'
import { temporaryFolder } from '../server/support'
import { linkInstall } from './install'

type Env = Readonly<Record<string, string | undefined>>

/** Processes that share nothing but a database and a storage, each with a data folder of its own, as on many machines. */
export class Machines {
  readonly #env: Env

  /** @param env names the database and the storage */
  constructor(env: Env) {
    this.#env = {
      SECRET_KEY: randomUUID(), // no folder in common to keep one in
      API_KEY: randomUUID(),
      QUEUE_LIMIT: '5000',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      WORKERS: '1',
      ...env,
    }
  }

  get key(): string {
    return this.#env.API_KEY ?? ''
  }

  async start(role: 'api' | 'worker', env: Env = {}): Promise<ServerProcess> {
    const folder = await temporaryFolder()
    const installed = await linkInstall(folder)
    return startProcess(folder, { ...installed, ...this.#env, ROLE: role, ...env })
  }

  /** Several of each at the same moment, on a database that nobody has migrated yet. */
  async startAll(apis: number, workers: number): Promise<{ apis: ServerProcess[]; workers: ServerProcess[] }> {
    const times = (count: number, role: 'api' | 'worker') =>
      Promise.all(Array.from({ length: count }, () => this.start(role)))
    const [started, working] = await Promise.all([times(apis, 'api'), times(workers, 'worker')])
    return { apis: started, workers: working }
  }
}
