import { readConfig } from '../../config'
import { runCommand } from './run-command'
import { createTerminal } from './terminal'

try {
  process.exitCode = await runCommand(process.argv.slice(2), readConfig(process.env).models, createTerminal())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
