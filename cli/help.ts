import * as z from 'zod'
import type { Slot, Spec } from '../core/operator'
import { type Command, commands, commandsIn } from './commands'
import { flagOf } from './flags'

const COMMON = `  -o, --out PATH         folder for the files of all runs, file for one, or - for the standard output
  -f, --force            replace files that are there
      --json             one line of JSON for each run
  -j, --jobs N           how many runs at once; as many as there are cores unless said otherwise
      --server URL       let this server do it, not this machine; also DARKROOM_SERVER
      --key KEY          the key for it; also DARKROOM_KEY
  -q, --quiet            no progress bar
  -h, --help             this text`

const EXIT_CODES = 'Exit codes: 0 all well, 1 some failed, 2 not understood, 130 stopped with Ctrl-C.'

export function overview(): string {
  const rows = [
    ...commands.map(({ name, spec }) => [name, `${spec.summary}${alsoCalled(name, spec.tool)}`]),
    ['copies', 'Finds which of many pictures are copies of each other.'],
    ['serve', 'Starts the server with its page.'],
    ['models', 'Lists, fetches and removes models.'],
    ['keys', 'Lists, makes and revokes keys of the server.'],
  ]
  return [
    'Usage: darkroom COMMAND FILE… [options]',
    '',
    'Works on this machine and sends nothing anywhere, unless --server says so.',
    '',
    table(rows),
    '',
    'darkroom COMMAND --help says what a command takes. Options of all that work on files:',
    COMMON,
    '',
    EXIT_CODES,
  ].join('\n')
}

const alsoCalled = (name: string, word: string): string => (name.endsWith(word) ? '' : ` Also: ${word}.`)

export function commandHelp({ name, spec }: Command): string {
  return [
    ...usageLines(name, spec),
    '',
    spec.summary,
    '',
    'Files:',
    table(spec.inputs.map((slot) => [`--${flagOf(slot.name)}`, slotWords(slot)])),
    '',
    'Parameters:',
    table(paramRows(spec)),
    '',
    'Options:',
    COMMON,
    '',
    EXIT_CODES,
  ].join('\n')
}

export const copiesHelp = (): string =>
  [
    'Usage: darkroom copies IMAGE… [options]',
    '',
    'Finds which of many pictures are copies of each other, whatever was done to them, and says why.',
    '',
    'Also:',
    table(commandsIn('copies').map(({ name, spec }) => [`darkroom ${name}`, spec.summary])),
    '',
    'Options:',
    COMMON,
    '',
    EXIT_CODES,
  ].join('\n')

/** One run with its files in order, and many runs of one file each. */
function usageLines(name: string, { inputs, batch }: Spec): string[] {
  const needed = inputs.filter(({ optional }) => !optional).map((slot) => slot.name)
  const others = needed.filter((one) => one !== batch)
  const flags = others.map((one) => `--${flagOf(one)} ${one.toUpperCase()}`)
  const many = ['darkroom', name, `${batch.toUpperCase()}…`, ...flags, '[options]'].join(' ')
  if (others.length === 0) return [`Usage: ${many}`]
  const one = ['darkroom', name, ...needed.map((slot) => slot.toUpperCase()), '[options]'].join(' ')
  return [`Usage: ${one}`, `       ${many}`]
}

const slotWords = ({ title, help, optional }: Slot): string => `${help ?? title}${optional ? '; optional' : ''}`

interface Property {
  readonly type?: string
  readonly description?: string
  readonly title?: string
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly default?: unknown
}

function paramRows({ params, required = [] }: Spec): string[][] {
  const { properties = {} } = z.toJSONSchema(params, { io: 'input' })
  return Object.entries(properties as Record<string, Property>).map(([name, property]) => {
    const { type, enum: words, minimum, maximum, description, title, default: preset } = property
    const range = minimum !== undefined && maximum !== undefined ? `${minimum} to ${maximum}` : undefined
    const isJson = type === 'array' || type === 'object' || type === undefined
    const what = words?.join(', ') ?? range ?? (isJson ? 'JSON, or @ and a file with it' : undefined)
    const flag = type === 'boolean' ? `--${preset === true ? 'no-' : ''}${flagOf(name)}` : `--${flagOf(name)}`
    const shown = isJson && preset !== null ? undefined : presetOf(type, preset)
    const facts = [what, required.includes(name) ? 'needed' : shown].filter((one) => one !== undefined).join('; ')
    return [flag, `${description ?? title ?? ''}${facts ? ` (${facts})` : ''}`]
  })
}

const presetOf = (type: string | undefined, preset: unknown): string | undefined =>
  type === 'boolean' || preset === undefined || preset === null ? undefined : `${preset} unless said otherwise`

const INDENT = 2
const GAP = 2
const MOST_WIDTH = 110

/** Two columns, the second broken into lines. */
function table(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  const start = ' '.repeat(INDENT + width + GAP)
  return rows
    .map(([name, text]) => {
      const lines = wrapped(text, MOST_WIDTH - start.length)
      return `${' '.repeat(INDENT)}${name.padEnd(width + GAP)}${lines.join(`\n${start}`)}`
    })
    .join('\n')
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim()
    if (longer.length <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
