import { ToolError } from '../../../core/errors'
import { needsAcceptance } from '../../../models/licence'
import { findModel, manifest } from '../../../models/manifest'
import type { Model } from '../../../models/model'
import { type Library, openLibrary } from '../library'
import { acceptLicence } from '../licences'
import type { ModelsConfig } from '../places'
import { detailsOf } from '../reasons'
import { listLines, megabytes } from './list-lines'
import type { Terminal } from './terminal'

/** What the command line can be told. */
const USAGE = `Usage: npm run models [command]

  list                   every model, what it is for, its licence and whether it is here (the default)
  fetch <id>… | defaults fetch models, or all of the install
  verify [<id>…]         read the files again and compare them with the manifest
  remove <id>…           delete fetched models
  accept <id> [yes]      accept a non-commercial licence, once and for all on this machine

Exit codes: 0 done, 1 failed, 2 not understood, 3 a licence has to be accepted first.`

const FAILED = 1
const NOT_UNDERSTOOD = 2
const LICENCE_NEEDED = 3

interface Command {
  readonly library: Library
  readonly config: ModelsConfig
  readonly terminal: Terminal
}

/** @returns the exit code */
export async function runCommand(args: readonly string[], config: ModelsConfig, terminal: Terminal): Promise<number> {
  const [name = 'list', ...rest] = args
  const library = openLibrary(config, { onWrongFile: (detail) => terminal.print(detail) })
  const command = { library, config, terminal }
  const names = rest.flatMap((word) => (isDefaults(word) ? defaults() : [word]))
  if (name === 'list' && names.length === 0) return list(command)
  const unknown = (name === 'accept' ? names.slice(0, 1) : names).filter((id) => !findModel(id))
  if (unknown.length > 0) return misunderstood(terminal, `There is no model "${unknown[0]}".`)
  if (name === 'verify') return verify(names, command)
  if (names.length > 0 && name === 'fetch') return fetch(names, command)
  if (names.length > 0 && name === 'remove') return remove(names, command)
  if (names.length > 0 && name === 'accept') return accept(names[0], names[1], command)
  return misunderstood(terminal, USAGE)
}

const isDefaults = (word: string): boolean => word === 'defaults' || word === '--all-defaults'

const defaults = (): string[] => manifest.flatMap((model) => (model.default ? [model.id] : []))

function misunderstood(terminal: Terminal, line: string): number {
  terminal.print(line)
  return NOT_UNDERSTOOD
}

async function list({ library, terminal }: Command): Promise<number> {
  const held = manifest.map(async (model) => ({
    model,
    state: await library.state(model.id),
    accepted: await library.isAccepted(model.id),
  }))
  for (const line of listLines(await Promise.all(held))) terminal.print(line)
  return 0
}

async function fetch(ids: readonly string[], { library, terminal }: Command): Promise<number> {
  const progress = new Map<string, string>()
  const ends = await Promise.all(
    ids.map(async (id) => {
      try {
        await library.ensure([id], (_, bytes, total) => {
          progress.set(id, `${id} ${megabytes(bytes)} of ${megabytes(total)}`)
          terminal.progress([...progress.values()].join('   '))
        })
        terminal.print(`${id} is here: ${await library.path(id)}`)
        return 0
      } catch (error) {
        for (const line of failureLines(error)) terminal.print(line)
        return error instanceof ToolError && error.code === 'forbidden' ? LICENCE_NEEDED : FAILED
      } finally {
        progress.delete(id)
      }
    }),
  )
  return Math.max(...ends)
}

/** Details that the sentence leaves out, since servers answer it to anybody. */
function failureLines(error: unknown): string[] {
  const message = error instanceof Error ? error.message : String(error)
  return [message, ...detailsOf(error).filter((detail) => !message.includes(detail))]
}

async function verify(ids: readonly string[], { library, terminal }: Command): Promise<number> {
  let code = 0
  for (const { id } of ids.length > 0 ? ids.map(modelOf) : manifest) {
    const state = await library.state(id)
    if (state.state === 'installed') terminal.print(`${id} is as it should be`)
    else if (state.state === 'quarantined' || ids.length > 0) {
      terminal.print(`${id} is ${state.state}${'reason' in state && state.reason ? `: ${state.reason}` : ''}`)
      code = FAILED
    }
  }
  return code
}

async function remove(ids: readonly string[], { library, terminal }: Command): Promise<number> {
  for (const id of ids) {
    terminal.print((await library.remove(id)) ? `${id} is removed` : `${id} was not among the fetched models`)
  }
  return 0
}

async function accept(id: string, answer: string | undefined, { config, terminal }: Command): Promise<number> {
  const model = modelOf(id)
  terminal.print(licenceText(model))
  if (!needsAcceptance(model)) return 0
  const said = answer ?? (await terminal.ask('Accept? (yes/no) '))
  if (said !== 'yes') {
    terminal.print(`Nothing was accepted. To accept it without being asked: npm run models accept ${id} yes`)
    return LICENCE_NEEDED
  }
  await acceptLicence(model, config.cache)
  terminal.print(`Accepted. Fetch it with: npm run models fetch ${id}`)
  return 0
}

const licenceText = ({ title, licence }: Model): string =>
  [
    `${title}: weights under "${licence.weights}", code under "${licence.code}".`,
    `Commercial use: ${licence.commercial}.`,
    ...(licence.note ? [licence.note] : []),
    ...(licence.url ? [licence.url] : []),
  ].join('\n')

function modelOf(id: string): Model {
  const model = findModel(id)
  if (!model) throw new ToolError('not-found', `There is no model "${id}"`)
  return model
}
