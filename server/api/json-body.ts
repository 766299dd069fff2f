import type { Context } from 'hono'
import type { z } from 'zod'
import { ToolError } from '../../core/errors'
import { toIssues } from '../../core/issues'
import { parseJson } from './parse-json'
import { strangeTexts } from './plain-text'
import { InvalidRequest, sentIn } from './request'

const MOST_BYTES = 1_000_000 // nothing that is taken as JSON comes near

/**
 * A JSON body, parsed by its schema, or by the one that suits what was sent.
 *
 * @throws InvalidRequest that names every wrong field at once
 * @throws ToolError too-large
 */
export async function readJson<S extends z.ZodType>(
  c: Context,
  asked: S | ((sent: unknown) => S),
): Promise<z.output<S>> {
  const type = c.req.header('Content-Type')
  if (type === undefined || !/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) throw notJson(type)
  const value = parse(await readText(c.req.raw))
  const schema = typeof asked === 'function' ? asked(value) : asked
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new InvalidRequest(sentIn('body', toIssues(parsed.error, value, schema)))
  const strange = strangeTexts(parsed.data)
  if (strange.length > 0) throw new InvalidRequest(sentIn('body', strange))
  return parsed.data
}

/** What the document says about such a body. */
export const jsonBody = (schema: Readonly<Record<string, unknown>>) => ({
  required: true,
  content: { 'application/json': { schema } },
})

function notJson(type: string | undefined): InvalidRequest {
  const message = 'Input should be application/json'
  return new InvalidRequest([{ path: ['header', 'content-type'], type: 'value_error', message, input: type }])
}

async function readText(request: Request): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let left = MOST_BYTES
  const reader = request.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    left -= part.value.byteLength
    if (left < 0) {
      await reader?.cancel()
      throw new ToolError('too-large', `The JSON body is too large; it may have ${MOST_BYTES / 1e6} MB`)
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}

function parse(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    const message = `JSON decode error: ${error instanceof Error ? error.message : error}`
    throw new InvalidRequest([{ path: ['body'], type: 'json_invalid', message, input: text }])
  }
}
