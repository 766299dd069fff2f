import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, randomUUID } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config'

/**
 * Secrets as the database holds them. Signing needs the secret itself, so it cannot be stored as a hash; it is
 * encrypted with SECRET_KEY or a key that lies in DATA_DIR, so that a copy of the database alone gives nothing away.
 */
export interface SecretBox {
  seal(secret: string): string
  /** Undefined when it was sealed with another key or has been changed. */
  open(sealed: string): string | undefined
}

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Without a key of the configuration one is made in DATA_DIR; processes that share the folder share it. */
export async function openSecretBox({ dataDir, secretKey }: Pick<Config, 'dataDir' | 'secretKey'>): Promise<SecretBox> {
  const key = secretKey === undefined ? await readOrMakeKey(join(dataDir, 'webhook.key')) : keyFrom(secretKey)
  return {
    seal(secret) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, key, nonce)
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64')
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES))
      try {
        return Buffer.concat([text, decipher.final()]).toString('utf8')
      } catch {
        return undefined // the tag does not fit
      }
    },
  }
}

/** A long random text needs no stretching, only the right length. */
const keyFrom = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'darkroom webhook secrets', KEY_BYTES))

async function readOrMakeKey(file: string): Promise<Buffer> {
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600 })
  try {
    await link(draft, file) // of several processes that start at once, one makes the key
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
  const key = Buffer.from(await readFile(file, 'utf8'), 'base64')
  if (key.length !== KEY_BYTES) throw new Error(`${file} is not a key; remove it and register the webhooks again`)
  return key
}
