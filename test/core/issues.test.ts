import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { fieldName, toIssues } from '../../core/issues'

const schema = z.strictObject({
  count: z.int().gt(0).lt(10).optional(),
  ratio: z.number().gt(0).lt(1).nullable().default(0.5),
  name: z.string().min(2).max(5).optional(),
  id: z.guid().optional(),
  address: z.url().optional(),
  isOn: z.boolean().optional(),
  steps: z
    .array(z.strictObject({ tool: z.enum(['a', 'b']), strength: z.int().optional() }))
    .min(1)
    .max(2)
    .optional(),
})

function issues(value: unknown) {
  const parsed = schema.safeParse(value)
  return parsed.error ? toIssues(parsed.error, value, schema) : []
}

test('the values in a message can be said apart from it', () => {
  const said = issues({ count: 0, ratio: 1, name: 'a', steps: [{ tool: 'c' }] }).map(({ type, ctx }) => [type, ctx])
  expect(said).toEqual([
    ['greater_than', { gt: 0 }],
    ['less_than', { lt: 1 }],
    ['string_too_short', { min_length: 2 }],
    ['enum', { expected: "'a' or 'b'" }],
  ])
})

describe('the words for a wrong field', () => {
  test.each([
    [{ count: 0 }, 'greater_than', 'Input should be greater than 0'],
    [{ count: 10 }, 'less_than', 'Input should be less than 10'],
    [{ count: 1.5 }, 'int_from_float', 'Input should be a valid integer, got a number with a fractional part'],
    [{ count: 'x' }, 'int_parsing', 'Input should be a valid integer, unable to parse string as an integer'],
    [{ count: [] }, 'int_type', 'Input should be a valid integer'],
    [{ ratio: 0 }, 'greater_than', 'Input should be greater than 0.0'],
    [{ ratio: 1 }, 'less_than', 'Input should be less than 1.0'],
    [{ ratio: 'x' }, 'float_parsing', 'Input should be a valid number, unable to parse string as a number'],
    [{ ratio: true }, 'float_type', 'Input should be a valid number'],
    [{ ratio: Number.NaN }, 'finite_number', 'Input should be a finite number'],
    [{ count: Number.POSITIVE_INFINITY }, 'finite_number', 'Input should be a finite number'],
    [{ name: 'a' }, 'string_too_short', 'String should have at least 2 characters'],
    [{ name: 'abcdef' }, 'string_too_long', 'String should have at most 5 characters'],
    [{ name: 7 }, 'string_type', 'Input should be a valid string'],
    [{ id: '42' }, 'uuid_parsing', 'Input should be a valid UUID'],
    [{ address: 'nowhere' }, 'url_parsing', 'Input should be a valid URL'],
    [{ isOn: 'x' }, 'bool_parsing', 'Input should be a valid boolean, unable to interpret input'],
    [{ isOn: 7 }, 'bool_type', 'Input should be a valid boolean'],
    [{ steps: 'x' }, 'json_invalid', 'Input should be a valid list, unable to read the text as JSON'],
    [{ steps: 7 }, 'list_type', 'Input should be a valid list'],
    [{ steps: [] }, 'too_short', 'List should have at least 1 item after validation, not 0'],
    [
      { steps: [{ tool: 'a' }, { tool: 'a' }, { tool: 'a' }] },
      'too_long',
      'List should have at most 2 items after validation, not 3',
    ],
    [{ steps: ['a'] }, 'dict_type', 'Input should be a valid dictionary'],
    [{ steps: [{ tool: 'c' }] }, 'enum', "Input should be 'a' or 'b'"],
  ])('%j', (value, type, message) => {
    expect(issues(value)).toMatchObject([{ type, message }])
  })

  test('name the place from the outside in, and show what was there', () => {
    const found = issues({ steps: [{ tool: 'a' }, { tool: 'a', strength: 'x', extra: 1 }] })
    expect(found.map((issue) => [fieldName(issue), issue.type, issue.input])).toEqual([
      ['steps.1.strength', 'int_parsing', 'x'],
      ['steps.1.extra', 'extra_forbidden', 1],
    ])
  })

  test('say what is missing', () => {
    expect(issues({ steps: [{}] })).toMatchObject([{ path: ['steps', 0, 'tool'], type: 'missing' }])
  })
})
