import { ToolError } from '../core/errors'
import type { Spec } from '../core/operator'
import { parseParams } from '../operators/params'
import { fromTexts } from '../server/api/text'
import { flagOf } from './flags'
import { UsageError } from './usage-error'

/** Parameters of a run from the texts of flags. @throws UsageError that names every flag that is wrong */
export function readParams(spec: Spec, texts: readonly (readonly [string, string])[]): Record<string, unknown> {
  const given = new Set(texts.map(([name]) => name))
  const missing = (spec.required ?? []).filter((name) => !given.has(name))
  if (missing.length > 0) throw new UsageError(missing.map((name) => `--${flagOf(name)} is needed`).join('; '))
  try {
    return parseParams(spec, fromTexts(spec.params, texts))
  } catch (error) {
    if (!(error instanceof ToolError)) throw error
    throw new UsageError(error.issues.map(({ path, message }) => `--${flagOf(path.join('.'))}: ${message}`).join('; '))
  }
}
