import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { fields } from '../../app/tools/fields'
import { registry } from '../../operators/registry'

test('draws a slider for a number with both bounds, a number for any other, a switch and a list', () => {
  const drawn = fields(
    z.object({
      sharp: z.number().min(0).max(1).default(0.5).meta({ title: 'Sharpness', step: 0.1 }),
      count: z.int().min(1).default(3),
      gray: z.boolean().default(false),
      method: z.enum(['fast', 'exact']).default('fast'),
    }),
  )
  expect(drawn.map(({ name, control }) => [name, control])).toEqual([
    ['sharp', 'slider'],
    ['count', 'number'],
    ['gray', 'switch'],
    ['method', 'select'],
  ])
  expect(drawn[0]).toMatchObject({ title: 'Sharpness', min: 0, max: 1, step: 0.1, initial: 0.5 })
  expect(drawn[1]).toMatchObject({ title: 'count', min: 1, max: undefined, step: 1 })
  expect(drawn[3]).toMatchObject({ options: ['fast', 'exact'] })
})

test('draws a list of steps with the controls of each tool that can be one', () => {
  const step = (tool: string, params: z.ZodObject) =>
    z.strictObject({ tool: z.literal(tool), params: params.strict().prefault({}) })
  const fast = step('fast', z.object({ size: z.int().min(1).max(9).default(3).meta({ title: 'Size' }) }))
  const slow = step('slow', z.object({}))
  const [steps] = fields(
    z.object({
      steps: z
        .array(z.discriminatedUnion('tool', [fast, slow]))
        .min(1)
        .max(4)
        .default([{ tool: 'slow', params: {} }]),
    }),
  )
  expect(steps).toMatchObject({ control: 'steps', most: 4, initial: [{ tool: 'slow', params: {} }] })
  expect(
    steps.control === 'steps' && steps.choices.map(({ tool, fields }) => [tool, fields.map(({ title }) => title)]),
  ).toEqual([
    ['fast', ['Size']],
    ['slow', []],
  ])
})

describe.each(registry)('$spec.id', ({ spec }) => {
  test('has a title, a help text and a default for every control', () => {
    for (const { name, title, help, initial } of fields(spec.params)) {
      expect(title, name).not.toBe(name)
      expect(help, name).toBeTruthy()
      expect(initial, name).toBeDefined()
    }
  })
})
