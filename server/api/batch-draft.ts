import { type Issue, ToolError } from '../../core/errors'
import type { DraftInput } from './engine'

/**
 * The calls of which one has to be fit to run before a task is accepted: with each file of a batch in turn. One that can
 * be read is enough, since a broken file among many must not lose the others.
 */
export function trials(inputs: readonly DraftInput[]): (readonly DraftInput[])[] {
  const own = inputs.filter(({ item }) => item !== undefined)
  if (own.length === 0) return [inputs]
  const shared = inputs.filter(({ item }) => item === undefined)
  return own.map((one) => [one, ...shared])
}

/**
 * Why a file of a batch cannot be used.
 *
 * @throws the error itself when it is not about that file: the others would meet it, too
 */
export function refusalOf(error: unknown, inputs: readonly DraftInput[]): ToolError {
  const [own] = inputs
  const isOwn = ({ path }: Issue) => path[0] === own.slot
  if (!(error instanceof ToolError) || own.item === undefined || !error.issues.some(isOwn)) throw error
  const issues = error.issues.filter(isOwn).map((issue) => ({
    ...issue,
    path: ['files', own.item as number],
    message: `${own.file.name}: ${issue.message}`,
    input: own.file.name,
  }))
  return new ToolError(error.code, issues.map(({ message }) => message).join(' '), { issues, cause: error })
}

/** One error that names every file. */
export function allRefused(refusals: readonly ToolError[]): ToolError {
  const issues = refusals.flatMap((refusal) => refusal.issues)
  return new ToolError(refusals[0].code, issues.map(({ message }) => message).join(' '), { issues })
}
