import type { Failure, Outcome } from '../core/errors'
import type { Spec } from '../core/operator'
import type { Done } from './engines/engine'
import type { InputFile } from './input-file'

export interface Reported {
  readonly of: InputFile
  readonly outcome: Outcome<Done>
  /** Paths of files that were written. */
  readonly files: readonly string[]
}

/** One line of JSON for one run, for programs. */
export function jsonLine({ of, outcome, files }: Reported): string {
  if (!outcome.ok) {
    const { code, message } = outcome
    return JSON.stringify({ file: of.label, ok: false, code, error: message })
  }
  const { data, ran, seconds } = outcome.value
  return JSON.stringify({ file: of.label, ok: true, data, files, ran, seconds: Math.round(seconds * 1000) / 1000 })
}

/** The same for people: what was found in numbers and words, what was written, and below it what else there is to know. */
export function sentence({ of, outcome, files }: Reported, spec: Spec): string {
  if (!outcome.ok) return failureLine(of, outcome)
  const { data, ran, seconds } = outcome.value
  const how = [`${seconds.toFixed(1)} s`, ...(ran ? [ran.backend, ran.note] : [])].filter(Boolean).join(', ')
  const facts = Object.entries(data).flatMap(([name, value]) => factOf(name, value))
  const written = files.length > 0 ? [` -> ${files.join(', ')}`] : []
  const line = `${of.label}: ${facts.join(', ') || 'done'}${written.join('')} (${how})`
  return [line, ...warningsIn(data, spec).map((warning) => `  ${warning}`)].join('\n')
}

function warningsIn(data: Done['data'], { result }: Spec): string[] {
  const names = Object.entries(result.shape).flatMap(([name, schema]) => (schema.meta()?.warns ? [name] : []))
  return names.flatMap((name) => (Array.isArray(data[name]) ? data[name].map(String) : []))
}

const failureLine = (of: InputFile, { message }: Failure): string => `${of.label}: ${message}`

/** Lists and objects are for `--json`. */
function factOf(name: string, value: unknown): string[] {
  if (value === null || typeof value === 'object') return []
  return [`${name.replaceAll('_', ' ')} ${typeof value === 'number' ? rounded(value) : value}`]
}

const rounded = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(4)))
