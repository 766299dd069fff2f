import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { Spec } from '../core/operator'
import { kindAt } from '../core/schema'
import { UsageError } from './usage-error'

/** Flags that every command has. */
const COMMON = {
  out: { type: 'string', short: 'o' },
  force: { type: 'boolean', short: 'f' },
  json: { type: 'boolean' },
  jobs: { type: 'string', short: 'j' },
  server: { type: 'string' },
  key: { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options']

export const COMMON_FLAGS: readonly string[] = Object.keys(COMMON)

export interface Flags {
  readonly out?: string
  readonly force: boolean
  readonly json: boolean
  readonly jobs?: number
  readonly server?: string
  readonly key?: string
  readonly quiet: boolean
  readonly help: boolean
}

export interface Parsed {
  readonly flags: Flags
  readonly positionals: readonly string[]
  /** Parameters as texts, by their names in the schema. */
  readonly texts: readonly (readonly [name: string, text: string])[]
  /** Files of slots that were named by a flag. */
  readonly slots: Readonly<Record<string, string>>
}

/** `dry_run` is `--dry-run`. */
export const flagOf = (name: string): string => name.replaceAll('_', '-')

/**
 * A command line, by the schema of its tool: each parameter and each slot has a flag, so a new tool needs nothing here.
 *
 * @param spec left out for commands that have only the common flags
 * @throws UsageError
 */
export function parseFlags(args: readonly string[], spec: Spec | undefined, cwd: string): Parsed {
  const params = Object.keys(spec?.params.shape ?? {})
  const slots = (spec?.inputs ?? []).map(({ name }) => name).filter((name) => !params.includes(name))
  const own: Options = [
    ...params.flatMap((name) => paramOptions(name, spec)),
    ...slots.map((name) => [flagOf(name), { type: 'string' }] as const),
  ]
  const { values, positionals } = parse(args, { ...Object.fromEntries(own), ...COMMON })
  const text = (name: string) => textOf(values[flagOf(name)], values[`no-${flagOf(name)}`], kindOf(name, spec), cwd)
  return {
    flags: commonFlags(values),
    positionals,
    texts: params.flatMap((name) => {
      const found = text(name)
      return found === undefined ? [] : [[name, found] as const]
    }),
    slots: Object.fromEntries(
      slots.flatMap((name) => (flagOf(name) in values ? [[name, String(values[flagOf(name)])]] : [])),
    ),
  }
}

type Options = readonly (readonly [flag: string, option: { readonly type: 'string' | 'boolean' }])[]

type Values = Readonly<Record<string, string | boolean | undefined>>

const kindOf = (name: string, spec: Spec | undefined) => spec && kindAt(spec.params, [name])

/** What is on unless it is said can be turned off: `--no-second-look`. */
function paramOptions(name: string, spec: Spec | undefined): Options {
  const flag = flagOf(name)
  if (kindOf(name, spec) !== 'boolean') return [[flag, { type: 'string' }]]
  return [flag, `no-${flag}`].map((one) => [one, { type: 'boolean' }])
}

function parse(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    return { values: values as Values, positionals }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split('. To specify')[0] : String(error), {
      cause: error,
    })
  }
}

/** Lists and objects are JSON, or the name of a file with it after an @: shells disagree about quotes. */
function textOf(value: Values[string], no: Values[string], kind: ReturnType<typeof kindAt>, cwd: string) {
  if (value === undefined) return no === undefined ? undefined : 'false'
  const isJson = kind === 'array' || kind === 'object'
  if (!isJson || typeof value !== 'string' || !value.startsWith('@')) return String(value)
  try {
    return readFileSync(resolve(cwd, value.slice(1)), 'utf8')
  } catch (cause) {
    throw new UsageError(`There is no file ${JSON.stringify(value.slice(1))}`, { cause })
  }
}

function commonFlags({ out, force, json, jobs, server, key, quiet, help }: Values): Flags {
  if (jobs !== undefined && !/^[1-9]\d{0,2}$/.test(String(jobs))) {
    throw new UsageError(`--jobs must be a whole number from 1 to 999, not ${JSON.stringify(jobs)}`)
  }
  const text = (value: Values[string]) => (typeof value === 'string' ? value : undefined)
  return {
    ...{ out: text(out), server: text(server), key: text(key), jobs: jobs === undefined ? undefined : Number(jobs) },
    ...{ force: force === true, json: json === true, quiet: quiet === true, help: help === true },
  }
}
