import { ToolError } from '../core/errors'
import { fieldName, toIssues } from '../core/issues'
import type { Spec } from '../core/operator'

/**
 * A tool's parameters with defaults filled in.
 *
 * @throws ToolError invalid-input that names every wrong field at once; a field the tool does not have is wrong too
 */
export function parseParams(spec: Spec, params: unknown): Record<string, unknown> {
  const parsed = spec.params.strict().safeParse(params)
  if (parsed.success) return parsed.data
  const issues = toIssues(parsed.error, params, spec.params)
  const message = issues.map((issue) => `${fieldName(issue)}: ${issue.message}`).join('; ')
  throw new ToolError('invalid-input', message, { issues })
}
