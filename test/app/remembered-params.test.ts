import { expect, test } from 'vitest'
import { defaults, paramsFromQuery, queryFromParams } from '../../app/state/remembered-params'
import { fields } from '../../app/tools/fields'
import { findTool } from '../../operators/registry'

const template = fields(findTool('match-template').spec.params)

test('a link carries the settings that differ from the defaults, and gives them back', () => {
  const params = { ...defaults(template), threshold: 0.95, use_grayscale: false, method: 'TM_SQDIFF' }
  const query = queryFromParams(template, params)
  expect(Object.keys(Object.fromEntries(new URLSearchParams(query))).sort()).toEqual([
    'method',
    'threshold',
    'use_grayscale',
  ])
  expect({ ...defaults(template), ...paramsFromQuery(template, query) }).toEqual(params)
  expect(queryFromParams(template, defaults(template))).toBe('')
})

test('values of a link that a control could not have made are left out', () => {
  const query = 'threshold=1.5&max_results=&method=magic&use_grayscale=maybe&image=x.png&__proto__=1'
  expect(paramsFromQuery(template, query)).toEqual({})
  expect(paramsFromQuery(template, 'threshold=NaN')).toEqual({})
})
