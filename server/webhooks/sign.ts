import { createHmac } from 'node:crypto'

interface Message {
  /** The same each time the message is sent, so that a receiver can tell it has it. */
  readonly id: string
  readonly sentAt: Date
  readonly body: string
}

const ENCODED = 'whsec_'

/**
 * Headers by which a receiver knows who sent a message and that nobody changed it: the contract's own, and those of
 * Standard Webhooks. The key of the latter is what `whsec_` encodes, or else the bytes of the secret as it is.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signatureHeaders({ id, sentAt, body }: Message, secret: string | null): Record<string, string> {
  const timestamp = String(Math.floor(sentAt.getTime() / 1000))
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp }
  if (secret === null) return headers
  const key = secret.startsWith(ENCODED) ? Buffer.from(secret.slice(ENCODED.length), 'base64') : secret
  const standard = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    ...headers,
    'webhook-signature': `v1,${standard}`,
    'X-Webhook-Signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  }
}
