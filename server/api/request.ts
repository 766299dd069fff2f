import type { z } from 'zod'
import type { Issue } from '../../core/errors'
import { toIssues } from '../../core/issues'
import { strangeTexts } from './plain-text'
import { fromTexts } from './text'

/** Fields of a request are wrong. Unlike those of a ToolError, the paths begin with where the field was sent. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest'
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super(issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
    this.issues = issues
  }
}

export type Where = 'path' | 'query' | 'header' | 'body'

export const sentIn = (where: Where, issues: readonly Issue[]): Issue[] =>
  issues.map((issue) => ({ ...issue, path: [where, ...issue.path] }))

interface Part {
  readonly where: Where
  readonly schema: z.ZodObject | undefined
  readonly texts: Readonly<Record<string, string>>
}

/**
 * Reads several parts of a request by their schemas.
 *
 * @throws InvalidRequest that names what is wrong in all of them
 */
export function parseParts(parts: readonly Part[]): unknown[] {
  const read = parts.map(parsePart)
  const issues = read.flatMap((part) => part.issues)
  if (issues.length > 0) throw new InvalidRequest(issues)
  return read.map(({ value }) => value)
}

function parsePart({ where, schema, texts }: Part): { value?: unknown; issues: Issue[] } {
  if (!schema) return { value: {}, issues: [] }
  const values = fromTexts(schema, Object.entries(texts))
  const parsed = schema.safeParse(values)
  if (parsed.success) return { value: parsed.data, issues: sentIn(where, strangeTexts(parsed.data)) }
  return { issues: sentIn(where, toIssues(parsed.error, values, schema)) }
}
