import { ToolError } from '../../core/errors'
import { byItem } from './batch'
import type { DraftInput } from './engine'

/**
 * The calls of which one has to be fit to run before a task is accepted: with each file of a batch in turn. One that can
 * be read is enough, since a broken file among many must not lose the others.
 */
export function trials(inputs: readonly DraftInput[]): (readonly DraftInput[])[] {
  const own = byItem(inputs)
  if (own.length === 0) return [inputs]
  const shared = inputs.filter(({ item }) => item === undefined)
  return own.map((files) => [...files, ...shared.filter(({ slot }) => files.every((file) => file.slot !== slot))])
}

/**
 * Why a file of a batch cannot be used.
 *
 * @throws the error itself when it is not about that file: the others would meet it, too
 */
export function refusalOf(error: unknown, inputs: readonly DraftInput[]): ToolError {
  if (!(error instanceof ToolError)) throw error
  const own = inputs.filter(({ item }) => item !== undefined)
  const issues = error.issues.flatMap((issue) => {
    const wrong = own.find(({ slot }) => slot === issue.path[0])
    if (!wrong) return []
    const { name, field } = wrong.file
    return [{ ...issue, path: [field, wrong.item as number], message: `${name}: ${issue.message}`, input: name }]
  })
  if (issues.length === 0) throw error
  return new ToolError(error.code, issues.map(({ message }) => message).join(' '), { issues, cause: error })
}

/** One error that names every file. */
export function allRefused(refusals: readonly ToolError[]): ToolError {
  const issues = refusals.flatMap((refusal) => refusal.issues)
  return new ToolError(refusals[0].code, issues.map(({ message }) => message).join(' '), { issues })
}
