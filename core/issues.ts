import type { z } from 'zod'
import type { Issue, Values } from './errors'
import { type Kind, kindAt } from './schema'

/**
 * The words of Pydantic 2, which the clients of the contracts know, for what zod found; one issue per wrong field.
 *
 * @param schema the one that refused `value`
 */
export function toIssues(error: z.ZodError, value: unknown, schema: z.ZodType): Issue[] {
  const issues = error.issues.flatMap((issue) => {
    const path = issue.path.filter((key) => typeof key !== 'symbol')
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => extra([...path, key], value))
    const input = at(value, path)
    const [type, message, ctx] = input === undefined ? MISSING : describe(issue, input, kindAt(schema, path))
    return [{ path, type, message, input, ...(ctx && { ctx }) }]
  })
  // Of two mistakes in one field the later is the narrower: a number over `max` may be over the safe integers too.
  return [...new Map(issues.map((issue) => [JSON.stringify(issue.path), issue])).values()]
}

/** Where it is, for people: `steps.0.tool`. */
export const fieldName = ({ path }: Issue): string => path.join('.')

type Words = readonly [type: string, message: string, ctx?: Values]

const MISSING: Words = ['missing', 'Field required']

function extra(path: (string | number)[], value: unknown): Issue {
  return { path, type: 'extra_forbidden', message: 'Extra inputs are not permitted', input: at(value, path) }
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner === null || typeof inner !== 'object' ? undefined : Reflect.get(inner, key)),
    value,
  )
}

function describe(issue: z.core.$ZodIssue, input: unknown, kind: Kind | undefined): Words {
  // A text has a length too, so that zod compares it with how many items a list may have.
  if (kind === 'array' && typeof input === 'string') return LIST_AS_TEXT
  switch (issue.code) {
    case 'too_small':
      return tooSmall(issue, input, kind)
    case 'too_big':
      return tooBig(issue, input, kind)
    case 'invalid_value':
      return oneOf(issue.values)
    case 'invalid_union': {
      const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : []
      return oneOf(options)
    }
    case 'invalid_type':
      return wrongType(kind, input) ?? [`${issue.expected}_type`, `Input should be a valid ${issue.expected}`]
    case 'invalid_format':
      return FORMATS[issue.format] ?? ['value_error', issue.message]
    default:
      return ['value_error', issue.message]
  }
}

function tooSmall(issue: z.core.$ZodIssueTooSmall, input: unknown, kind: Kind | undefined): Words {
  const { origin, minimum, inclusive } = issue
  const least = { min_length: Number(minimum) }
  if (origin === 'string')
    return ['string_too_short', `String should have at least ${count(minimum, 'character')}`, least]
  if (Array.isArray(input)) return ['too_short', `List should have at least ${items(minimum, input)}`, least]
  return inclusive === false
    ? ['greater_than', `Input should be greater than ${bound(minimum, kind)}`, { gt: Number(minimum) }]
    : [
        'greater_than_equal',
        `Input should be greater than or equal to ${bound(minimum, kind)}`,
        { ge: Number(minimum) },
      ]
}

function tooBig(issue: z.core.$ZodIssueTooBig, input: unknown, kind: Kind | undefined): Words {
  const { origin, maximum, inclusive } = issue
  const most = { max_length: Number(maximum) }
  if (origin === 'string') return ['string_too_long', `String should have at most ${count(maximum, 'character')}`, most]
  if (Array.isArray(input)) return ['too_long', `List should have at most ${items(maximum, input)}`, most]
  return inclusive === false
    ? ['less_than', `Input should be less than ${bound(maximum, kind)}`, { lt: Number(maximum) }]
    : ['less_than_equal', `Input should be less than or equal to ${bound(maximum, kind)}`, { le: Number(maximum) }]
}

function oneOf(values: readonly unknown[]): Words {
  const expected = orList(values.map((value) => `'${String(value)}'`))
  return ['enum', `Input should be ${expected}`, { expected }]
}

const count = (n: number | bigint, noun: string): string => `${n} ${noun}${Number(n) === 1 ? '' : 's'}`

const items = (n: number | bigint, list: readonly unknown[]): string =>
  `${count(n, 'item')} after validation, not ${list.length}`

/** As Python writes it: the bound of a float has a fraction, `1.0`. */
const bound = (limit: number | bigint, kind: Kind | undefined): string =>
  kind === 'number' && Number.isInteger(limit) ? `${limit}.0` : String(limit)

const NOT_FINITE: Words = ['finite_number', 'Input should be a finite number']

function wrongType(kind: Kind | undefined, input: unknown): Words | undefined {
  const isNumber = kind === 'integer' || kind === 'number'
  if (isNumber && typeof input === 'number' && !Number.isFinite(input)) return NOT_FINITE
  if (kind === 'integer' && typeof input === 'number') {
    return ['int_from_float', 'Input should be a valid integer, got a number with a fractional part']
  }
  const words = kind && TYPES[kind]
  return words && (typeof input === 'string' ? words.text : words.other)
}

const LIST_AS_TEXT: Words = ['json_invalid', 'Input should be a valid list, unable to read the text as JSON']

/** `text` for a string that does not read as the type, `other` for a value of another type. */
const TYPES: Readonly<Partial<Record<Kind, { text: Words; other: Words }>>> = {
  integer: {
    text: ['int_parsing', 'Input should be a valid integer, unable to parse string as an integer'],
    other: ['int_type', 'Input should be a valid integer'],
  },
  number: {
    text: ['float_parsing', 'Input should be a valid number, unable to parse string as a number'],
    other: ['float_type', 'Input should be a valid number'],
  },
  boolean: {
    text: ['bool_parsing', 'Input should be a valid boolean, unable to interpret input'],
    other: ['bool_type', 'Input should be a valid boolean'],
  },
  array: {
    text: LIST_AS_TEXT,
    other: ['list_type', 'Input should be a valid list'],
  },
  object: same('dict_type', 'Input should be a valid dictionary'),
}

function same(type: string, message: string): { text: Words; other: Words } {
  return { text: [type, message], other: [type, message] }
}

const FORMATS: Readonly<Record<string, Words>> = {
  guid: ['uuid_parsing', 'Input should be a valid UUID'],
  uuid: ['uuid_parsing', 'Input should be a valid UUID'],
  url: ['url_parsing', 'Input should be a valid URL'],
}

function orList(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
