import { createHash, createHmac, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Sign } from '../../core/ports'

/**
 * Signs with whatever the key is: PEM text of an Ed25519 private key, or the path of a file with it, signs so that
 * anybody with the public key can check; any other text is a secret for HMAC-SHA256.
 *
 * @throws Error with a sentence when it is a private key of another kind, or broken
 */
export function createSigner(key: string): Sign {
  const pem = pemOf(key)
  if (pem === undefined) return hmac(key)
  const privateKey = ed25519(pem)
  const key_id = keyId(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }))
  return async (bytes) => ({ algorithm: 'Ed25519', key_id, value: sign(null, bytes, privateKey).toString('base64') })
}

const isPem = (text: string): boolean => text.trimStart().startsWith('-----BEGIN')

function pemOf(key: string): string | undefined {
  if (isPem(key)) return key.replaceAll('\\n', '\n') // as .env files write a line break
  if (!key.endsWith('.pem')) return undefined
  try {
    return readFileSync(key, 'utf8')
  } catch (cause) {
    throw new Error('RECEIPT_KEY names a .pem file that cannot be read', { cause })
  }
}

function ed25519(pem: string): KeyObject {
  const key = privateKeyOf(pem)
  if (key.asymmetricKeyType === 'ed25519') return key
  throw new Error(`RECEIPT_KEY is a private key of type ${key.asymmetricKeyType}; it must be Ed25519`)
}

function privateKeyOf(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch (cause) {
    throw new Error('RECEIPT_KEY is PEM text, but no private key that can be read', { cause })
  }
}

function hmac(secret: string): Sign {
  const key_id = keyId(Buffer.from(secret))
  return async (bytes) => ({
    algorithm: 'HMAC-SHA256',
    key_id,
    value: createHmac('sha256', secret).update(bytes).digest('base64'),
  })
}

const ID_DIGITS = 16

const keyId = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, ID_DIGITS)
