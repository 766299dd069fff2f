import type { Spec } from '../core/operator'
import { registry } from '../operators/registry'

/** What is found by the words after `darkroom`. */
export interface Command {
  readonly spec: Spec
  /** Its words as the help has them: `match template`. */
  readonly name: string
}

const specs = registry.map(({ spec }) => spec)

const groupOf = ({ path }: Spec): string => path.split('/')[0]

/** Tools that share the first part of their REST path are told apart by the second; others go by their own word. */
const nameOf = (spec: Spec): string =>
  specs.filter((one) => groupOf(one) === groupOf(spec)).length > 1 ? spec.path.replaceAll('/', ' ') : spec.tool

export const commands: readonly Command[] = specs.map((spec) => ({ spec, name: nameOf(spec) }))

/** Everything that a tool may be called by. */
const wordsOf = ({ spec, name }: Command): readonly string[] => [
  name,
  spec.path.replaceAll('/', ' '),
  spec.tool,
  spec.id,
]

/** The command that these words begin with, and the words after it. Undefined where none does, or several could. */
export function findCommand(words: readonly string[]): { command: Command; rest: readonly string[] } | undefined {
  for (const length of [2, 1]) {
    const said = words.slice(0, length).join(' ')
    const command = words.length >= length ? commands.find((one) => wordsOf(one).includes(said)) : undefined
    if (command) return { command, rest: words.slice(length) }
  }
  const [begun, ...rest] = words
  const meant = begun ? commands.filter(({ spec }) => spec.tool.startsWith(`${begun}-`)) : []
  return meant.length === 1 ? { command: meant[0], rest } : undefined
}

/** Commands of a group such as `match`; empty where the word is none. */
export const commandsIn = (group: string | undefined): readonly Command[] =>
  commands.filter(({ name }) => name.startsWith(`${group} `))
