import { VERSION } from '../server/api/version'
import { ConfigError, readConfig } from '../server/config'
import { type Command, commandsIn, findCommand } from './commands'
import { copiesCommand } from './copies-command'
import { type Flags, parseFlags } from './flags'
import { commandHelp, copiesHelp, overview } from './help'
import { type Invoked, openSession } from './session'
import { toolCommand } from './tool-command'
import { UsageError } from './usage-error'

export const EXIT = { done: 0, failed: 1, misunderstood: 2, canceled: 130 } as const

interface Invocation {
  /** What stands after `darkroom`. */
  readonly args: readonly string[]
  /** Where files are named from; the process itself is where the install is. */
  readonly cwd: string
  /** Ends what is under way. */
  readonly signal: AbortSignal
}

/** @returns the exit code */
export async function main({ args, cwd, signal }: Invocation): Promise<number> {
  try {
    const code = await obey(args, cwd, signal)
    return signal.aborted ? EXIT.canceled : code
  } catch (error) {
    if (signal.aborted) return EXIT.canceled
    if (!(error instanceof UsageError) && !(error instanceof ConfigError)) throw error
    console.error(`${error.message}\nTry: darkroom --help`)
    return EXIT.misunderstood
  }
}

async function obey(args: readonly string[], cwd: string, signal: AbortSignal): Promise<number> {
  const found = findCommand(args)
  if (found) return tool(found.command, found.rest, cwd, signal)
  const [word, ...rest] = args
  if (word === 'copies') return copies(rest, cwd, signal)
  if (word === undefined || word === 'help' || word === '--help' || word === '-h') {
    console.log(overview())
    return word === undefined ? EXIT.misunderstood : EXIT.done
  }
  if (word === '--version') {
    console.log(VERSION)
    return EXIT.done
  }
  const group = commandsIn(word)
  if (group.length > 0) throw new UsageError(`Say which: ${group.map(({ name }) => `darkroom ${name}`).join(', ')}`)
  throw new UsageError(`There is no command ${JSON.stringify(word)}`)
}

async function tool(command: Command, args: readonly string[], cwd: string, signal: AbortSignal): Promise<number> {
  const parsed = parseFlags(args, command.spec, cwd)
  if (parsed.flags.help) {
    console.log(commandHelp(command))
    return EXIT.done
  }
  const failed = await toolCommand(command.spec, parsed, { cwd, signal, open: opener(parsed.flags, signal) })
  return failed > 0 ? EXIT.failed : EXIT.done
}

async function copies(args: readonly string[], cwd: string, signal: AbortSignal): Promise<number> {
  const parsed = parseFlags(args, undefined, cwd)
  if (parsed.flags.help) {
    console.log(copiesHelp())
    return EXIT.done
  }
  const failed = await copiesCommand(parsed, { cwd, signal, open: opener(parsed.flags, signal) })
  return failed > 0 ? EXIT.failed : EXIT.done
}

const opener =
  (flags: Flags, signal: AbortSignal): Invoked['open'] =>
  (specs, runs) =>
    openSession({ flags, config: readConfig(environment()), signal }, specs, runs)

/** Nobody reads a log here: what matters is said in the outcome of a run. */
const environment = () => ({ LOG_LEVEL: 'error', ...process.env })
