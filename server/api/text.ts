import type { z } from 'zod'
import { type Kind, kindAt } from '../../core/schema'
import { parseJson } from './parse-json'

/**
 * Values for the texts of a form, query or path. An empty text is a field left out, as browsers send it. A text that
 * does not read as its type stays text, so that the schema refuses it and the answer shows what was sent.
 */
export function fromTexts(schema: z.ZodObject, texts: Iterable<readonly [string, string]>): Record<string, unknown> {
  return Object.fromEntries(
    [...texts]
      .map(([name, text]) => [name, text, kindAt(schema, [name])] as const)
      .filter(([, text, kind]) => text !== '' || kind === undefined)
      .map(([name, text, kind]) => [name, fromText(kind, text)]),
  )
}

function fromText(kind: Kind | undefined, text: string): unknown {
  switch (kind) {
    case 'integer':
      return /^[+-]?\d+(\.0*)?$/.test(text.trim()) ? Number(text) : (notFinite(text) ?? text)
    case 'number':
      return NUMBER.test(text.trim()) ? Number(text) : (notFinite(text) ?? text)
    case 'boolean':
      return BOOLEANS.get(text.trim().toLowerCase()) ?? text
    case 'array':
    case 'object':
      return fromJson(text)
    default:
      return text
  }
}

// `Number` alone also reads '0x10' and ''.
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i

/** The words that Python reads as a float and no schema here allows: refused as not finite, not as unreadable. */
function notFinite(text: string): number | undefined {
  const word = /^([+-]?)(nan|inf|infinity)$/i.exec(text.trim())
  if (!word) return undefined
  if (word[2].toLowerCase() === 'nan') return Number.NaN
  return word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

const BOOLEANS = new Map([
  ...['true', '1', 'yes', 'on', 't', 'y'].map((word) => [word, true] as const),
  ...['false', '0', 'no', 'off', 'f', 'n'].map((word) => [word, false] as const),
])

function fromJson(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return text
  }
}
