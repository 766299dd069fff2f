import { availableParallelism } from 'node:os'
import type { Spec } from '../core/operator'
import type { Config } from '../server/config'
import type { Engine } from './engines/engine'
import { localEngine } from './engines/local'
import { remoteEngine } from './engines/remote'
import { fetchModels } from './fetch-models'
import type { Flags } from './flags'
import { ProgressBar } from './progress-bar'
import { UsageError } from './usage-error'

/** What a command works with. */
export interface Session {
  readonly engine: Engine
  readonly bar: ProgressBar
}

export interface Invoked {
  readonly cwd: string
  readonly signal: AbortSignal
  /** @param specs tools that are to be run; their models are fetched first where this machine runs them */
  open(specs: readonly Spec[], runs: number): Promise<Session>
}

interface Invocation {
  readonly flags: Flags
  readonly config: Config
  readonly signal: AbortSignal
}

/** @param runs how many there are: more lanes than that would share the cores in vain */
export async function openSession(
  { flags, config, signal }: Invocation,
  specs: readonly Spec[],
  runs: number,
): Promise<Session> {
  const bar = new ProgressBar(process.stderr, flags.quiet || flags.json)
  const server = flags.server ?? process.env.DARKROOM_SERVER
  if (server) {
    if (!URL.canParse(server))
      throw new UsageError(`--server must be an address such as http://127.0.0.1:8080, not ${JSON.stringify(server)}`)
    return { engine: remoteEngine({ server, key: flags.key ?? process.env.DARKROOM_KEY }), bar }
  }
  if (flags.key !== undefined) throw new UsageError('--key goes with --server: this machine needs none')
  await fetchModels(specs, config, bar, signal)
  return { engine: localEngine(config, Math.max(1, Math.min(runs, flags.jobs ?? availableParallelism()))), bar }
}
