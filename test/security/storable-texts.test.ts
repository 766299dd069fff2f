import { describe, expect, test } from 'vitest'
import { form, pictures, RUN, service } from '../api/support'

// What no database can hold is refused where it comes in, whatever the route does with it.
describe.each([
  ['NUL', '\u0000'],
  ['half a character', '\ud800'],
])('a text with %s', (_, strange) => {
  test('is refused in a JSON body, with the field that has it', async () => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ url: 'https://example.org/', secret: `a${strange}b` })
    const response = await service().app.request('/api/v1/webhooks', { method: 'POST', headers, body })
    expect([response.status, await response.json()]).toEqual([
      422,
      { detail: [{ type: 'value_error', loc: ['body', 'secret'], msg: expect.stringContaining('NUL'), input: null }] },
    ])
  })
})

test('a text with NUL is refused in a path', async () => {
  const response = await service().app.request('/api/v1/webhooks/a%00b/deliveries')
  expect([response.status, await response.json()]).toMatchObject([422, { detail: [{ loc: ['path', 'id'] }] }])
})

test('letters of every script are taken', async () => {
  const response = await service().app.request(RUN, form({ ...pictures, method: 'né 字 😀' }))
  expect(await response.text()).not.toContain('NUL')
})
