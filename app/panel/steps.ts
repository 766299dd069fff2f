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
