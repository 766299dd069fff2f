import type { StepChoice } from '../tools/fields'

/** One tool of a chain. */
export interface Step {
  readonly tool: string
  readonly params: Readonly<Record<string, unknown>>
}

/** What a tool starts with. */
export function settingsOf(choices: readonly StepChoice[], tool: string): Step['params'] {
  const fields = choices.find((choice) => choice.tool === tool)?.fields ?? []
  return Object.fromEntries(fields.map(({ name, initial }) => [name, initial]))
}

/** With another step at the end, of the first tool that is not in the list yet. */
export function added(steps: readonly Step[], choices: readonly StepChoice[]): Step[] {
  const { tool } = choices.find((choice) => !steps.some((step) => step.tool === choice.tool)) ?? choices[0]
  return [...steps, { tool, params: settingsOf(choices, tool) }]
}

export const changed = (steps: readonly Step[], index: number, step: Step): Step[] => steps.with(index, step)

export const removed = (steps: readonly Step[], index: number): Step[] => steps.toSpliced(index, 1)

export function moved(steps: readonly Step[], index: number, by: -1 | 1): Step[] {
  const step = steps[index]
  return steps.toSpliced(index, 1).toSpliced(index + by, 0, step)
}

/** A list as a file: exactly the text that the REST call takes as `steps`. */
export const stepsFile = (steps: readonly Step[]): Blob =>
  new Blob([`${JSON.stringify(steps, null, 2)}\n`], { type: 'application/json' })

/** The steps of such a file, with what it leaves out filled in; undefined when it holds none that could be run. */
export function readSteps(text: string, choices: readonly StepChoice[], most: number): Step[] | undefined {
  const list = parse(text)
  if (!Array.isArray(list) || list.length === 0 || list.length > most || !list.every(isStep)) return undefined
  if (list.some(({ tool }) => !choices.some((choice) => choice.tool === tool))) return undefined
  return list.map(({ tool, params = {} }) => ({ tool, params: { ...settingsOf(choices, tool), ...params } }))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isStep(value: unknown): value is { tool: string; params?: Step['params'] } {
  if (typeof value !== 'object' || value === null || !('tool' in value)) return false
  const params = 'params' in value ? value.params : {}
  return typeof value.tool === 'string' && typeof params === 'object' && params !== null && !Array.isArray(params)
}
