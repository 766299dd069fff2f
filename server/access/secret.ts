import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const SECRET_BYTES = 32
const KEY_WORD = 'dk_' // so that scanners of repositories, and people, see what it is

/** A key or a session's token: 256 random bits. */
export const newSecret = (word = KEY_WORD): string => word + randomBytes(SECRET_BYTES).toString('base64url')

/**
 * What the database holds in place of a secret. A slow hash protects what people choose; 2^256 keys cannot be tried
 * however fast the hash, and a slow one would cost every request what it costs an attacker.
 */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/**
 * Whether a secret is the one of this hash, in a time that says nothing about how alike they are. Rows are found by the
 * hash of what was sent, so how long the index looks says nothing about the secret either.
 */
export const isHashOf = (hash: string, secret: string): boolean =>
  timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(hashOf(secret), 'hex'))

const LONG = 32
const SHOWN = KEY_WORD.length + 4

/** What people recognise a key by; of a short one, which somebody chose, nothing that would help to guess it. */
export const shownParts = (key: string): { prefix: string; lastFour: string } =>
  key.length < LONG ? { prefix: '', lastFour: '' } : { prefix: key.slice(0, SHOWN), lastFour: key.slice(-4) }
