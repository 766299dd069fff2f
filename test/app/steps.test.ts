import { expect, test } from 'vitest'
import { readSteps, stepsFile } from '../../app/panel/steps'

const choices = [
  { tool: 'template', fields: [{ name: 'threshold', initial: 0.8 }] },
  { tool: 'feature', fields: [{ name: 'max_matches', initial: 200 }] },
] as unknown as Parameters<typeof readSteps>[1]

test('a saved list of steps opens as it was', async () => {
  const steps = [
    { tool: 'feature', params: { max_matches: 50 } },
    { tool: 'template', params: { threshold: 0.9 } },
  ]
  expect(readSteps(await stepsFile(steps).text(), choices, 10)).toEqual(steps)
})

test('what a file leaves out is filled in', () => {
  expect(readSteps('[{"tool":"template"}]', choices, 10)).toEqual([{ tool: 'template', params: { threshold: 0.8 } }])
})

test.each([
  ['no JSON', 'steps'],
  ['no list', '{"tool":"template"}'],
  ['an empty list', '[]'],
  ['too many steps', '[{"tool":"template"},{"tool":"template"},{"tool":"template"}]'],
  ['a tool that is not among them', '[{"tool":"paint"}]'],
  ['params that are a list', '[{"tool":"template","params":[]}]'],
  ['a step that is null', '[null]'],
])('refuses %s', (_, text) => {
  expect(readSteps(text, choices, 2)).toBeUndefined()
})
