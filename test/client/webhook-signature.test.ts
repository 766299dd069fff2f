import { describe, expect, test } from 'vitest'
import { verifyWebhook } from '../../client/client'
import { signatureHeaders } from '../../server/webhooks/sign'

const body = '{"uid":"1","status":"done"}'
const sent = (secret: string, sentAt = new Date()) =>
  new Headers(signatureHeaders({ id: 'msg_1', sentAt, body }, secret))

describe.each(['a long random text', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])('with the secret %s', (secret) => {
  test('what the server signed is genuine', async () => {
    expect(await verifyWebhook({ body, headers: sent(secret), secret })).toBe(true)
  })

  test('another body, another secret, an old message and none at all are not', async () => {
    const headers = sent(secret)
    expect(await verifyWebhook({ body: `${body} `, headers, secret })).toBe(false)
    expect(await verifyWebhook({ body, headers, secret: 'another' })).toBe(false)
    expect(await verifyWebhook({ body, headers: sent(secret, new Date(Date.now() - 400_000)), secret })).toBe(false)
    expect(await verifyWebhook({ body, headers: new Headers(), secret })).toBe(false)
  })
})
