import type { Context } from 'hono'
import type { Issue } from '../../core/errors'
import type { Engine, Held, HeldFile, UploadLimits } from './engine'
import { InvalidRequest, sentIn } from './request'

type Form = Omit<Held, 'release'>

/** What the document says about such a body. */
export const formBody = (properties: Readonly<Record<string, unknown>>, required: readonly string[]) => ({
  required: true,
  content: { 'multipart/form-data': { schema: { type: 'object', properties, required } } },
})

/**
 * A multipart body, held in memory for as long as the work goes on. A body of another kind has no fields at all, so that
 * what is missing is named.
 *
 * @throws ToolError busy, too-large, or invalid-input when the body is broken
 */
export async function withForm<T>(
  engine: Engine,
  c: Context,
  limits: UploadLimits,
  work: (form: Form) => Promise<T>,
): Promise<T> {
  const type = c.req.header('Content-Type') ?? ''
  if (!/^multipart\/form-data\b/i.test(type)) return work({ files: [], fields: [] })
  const held = await engine.hold(c.req.raw, limits)
  try {
    return await work(held)
  } finally {
    held.release()
  }
}

/**
 * Exactly one file in each of these fields.
 *
 * @throws InvalidRequest that names every field that is missing, is text or came twice
 */
export function oneFileEach(held: Form, names: readonly string[]): HeldFile[] {
  const found = names.map((name) => filesIn(held, name))
  const issues = names.flatMap((name, i) => complaint(held, name, found[i]) ?? [])
  if (issues.length > 0) throw new InvalidRequest(sentIn('body', issues))
  return found.map(([file]) => file)
}

/** Browsers send a field with nothing chosen as an empty file without a name. */
export const filesIn = ({ files }: Form, name: string): HeldFile[] =>
  files.filter((file) => file.field === name && (file.name !== '' || file.bytes.length > 0))

function complaint({ fields }: Form, name: string, found: readonly HeldFile[]): Issue | undefined {
  const path = [name]
  const text = fields.find(([field, value]) => field === name && value !== '')
  if (found.length > 1) {
    const message = `List should have at most 1 item after validation, not ${found.length}`
    return { path, type: 'too_long', message, input: found.map((file) => file.name) }
  }
  if (text) return { path, type: 'value_error', message: 'Value error, Expected a file, received text', input: text[1] }
  return found.length === 0 ? { path, type: 'missing', message: 'Field required' } : undefined
}
