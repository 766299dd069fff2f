import { BlobAccessError, BlobNotFoundError, BlobStoreNotFoundError, copy, del, head, list, put } from '@vercel/blob'
import type { ToolError } from '../../core/errors'
import type { ObjectStore } from './object-store'
import type { BlobPlace } from './place'
import { storeFails, storeRefuses, storeUnreachable } from './store-failure'
import { streamFile } from './stream-file'

/** Objects in a private store of Vercel Blob. It gives no addresses that name the type of the answer, so no links. */
export function blobStore({ token }: BlobPlace): ObjectStore {
  const written = { token, access: 'private', addRandomSuffix: false, allowOverwrite: true } as const
  const find = (key: string) => known(head(key, { token }))
  return {
    async put(key, content, contentType) {
      const body = content instanceof Uint8Array ? Buffer.from(content) : streamFile(content.path)
      await orFail(put(key, body, { ...written, contentType }))
    },
    size: async (key) => (await find(key))?.size,
    async get(key) {
      const found = await find(key)
      if (!found) return undefined
      const headers = { authorization: `Bearer ${token}` }
      const response = await fetch(found.url, { headers }).catch((cause) => {
        throw storeUnreachable(cause)
      })
      if (response.ok) return response
      await response.body?.cancel()
      if (response.status === 404) return undefined
      throw storeFails(new Error(`Vercel Blob answers ${response.status}`))
    },
    copy: async (from, to) => (await known(copy(from, to, written))) !== undefined,
    async remove(keys) {
      await orFail(del([...keys], { token }))
    },
    async *list(prefix) {
      let cursor: string | undefined
      do {
        const page = await orFail(list({ token, prefix, cursor }))
        yield* page.blobs.map(({ pathname, uploadedAt }) => ({ key: pathname, modifiedAt: uploadedAt }))
        cursor = page.hasMore ? page.cursor : undefined
      } while (cursor !== undefined)
    },
  }
}

const orFail = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error) => {
    throw failureOf(error)
  })

/** Undefined for what is not there. */
const known = <T>(answer: Promise<T>): Promise<T | undefined> =>
  answer.catch((error) => {
    if (error instanceof BlobNotFoundError) return undefined
    throw failureOf(error)
  })

function failureOf(error: unknown): ToolError {
  if (error instanceof BlobAccessError || error instanceof BlobStoreNotFoundError) return storeRefuses(error)
  return error instanceof TypeError ? storeUnreachable(error) : storeFails(error)
}
