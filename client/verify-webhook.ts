interface Received {
  /** The body as it came, not parsed. */
  readonly body: string
  /** `webhook-id`, `webhook-timestamp` and `webhook-signature` are read. */
  readonly headers: Headers
  /** With which the webhook was registered. */
  readonly secret: string
  /** How old a message may be, seconds. 300 where left out. */
  readonly toleranceSeconds?: number
}

const ENCODED = 'whsec_'
const TOLERANCE_SECONDS = 300

/**
 * Whether what a webhook was sent is from the server that knows the secret, unchanged and not an old message again.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export async function verifyWebhook({
  body,
  headers,
  secret,
  toleranceSeconds = TOLERANCE_SECONDS,
}: Received): Promise<boolean> {
  const [id, timestamp, sent] = ['id', 'timestamp', 'signature'].map((name) => headers.get(`webhook-${name}`) ?? '')
  const age = Math.abs(Date.now() / 1000 - Number(timestamp))
  if (id === '' || !(age <= toleranceSeconds)) return false
  const key = await crypto.subtle.importKey('raw', keyOf(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  const checks = sent.split(' ').map(async (one) => {
    const signature = one.startsWith('v1,') ? fromBase64(one.slice('v1,'.length)) : undefined
    return signature !== undefined && crypto.subtle.verify('HMAC', key, signature, signed)
  })
  return (await Promise.all(checks)).includes(true)
}

const keyOf = (secret: string): Uint8Array<ArrayBuffer> =>
  (secret.startsWith(ENCODED) ? fromBase64(secret.slice(ENCODED.length)) : undefined) ??
  new TextEncoder().encode(secret)

/** Undefined for what is no base64. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  } catch {
    return undefined
  }
}
