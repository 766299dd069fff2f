import type { z } from 'zod'
import type { Issue } from './errors'

/** The words of Pydantic 2, which the clients of the contracts know, for what zod found; one issue per wrong field. */
export function toIssues(error: z.ZodError, value: unknown): Issue[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.filter((key) => typeof key !== 'symbol')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...path, key],
        type: 'extra_forbidden',
        message: 'Extra inputs are not permitted',
        input: at(value, [...path, key]),
      }))
    }
    const input = at(value, path)
    const [type, message] = input === undefined ? (['missing', 'Field required'] as const) : describe(issue)
    return [{ path, type, message, input }]
  })
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner === null || typeof inner !== 'object' ? undefined : Reflect.get(inner, key)),
    value,
  )
}

function describe(issue: z.core.$ZodIssue): readonly [type: string, message: string] {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string') {
        return ['string_too_short', `String should have at least ${issue.minimum} characters`]
      }
      return issue.inclusive === false
        ? ['greater_than', `Input should be greater than ${issue.minimum}`]
        : ['greater_than_equal', `Input should be greater than or equal to ${issue.minimum}`]
    case 'too_big':
      if (issue.origin === 'string') {
        return ['string_too_long', `String should have at most ${issue.maximum} characters`]
      }
      return issue.inclusive === false
        ? ['less_than', `Input should be less than ${issue.maximum}`]
        : ['less_than_equal', `Input should be less than or equal to ${issue.maximum}`]
    case 'invalid_value':
      return ['enum', `Input should be ${orList(issue.values.map((value) => `'${String(value)}'`))}`]
    case 'invalid_type':
      return TYPES[issue.expected] ?? [`${issue.expected}_type`, `Input should be a valid ${issue.expected}`]
    default:
      return ['value_error', issue.message]
  }
}

const TYPES: Readonly<Record<string, readonly [string, string]>> = {
  number: ['float_parsing', 'Input should be a valid number, unable to parse string as a number'],
  int: ['int_parsing', 'Input should be a valid integer, unable to parse string as an integer'],
  boolean: ['bool_parsing', 'Input should be a valid boolean, unable to interpret input'],
  string: ['string_type', 'Input should be a valid string'],
}

function orList(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
