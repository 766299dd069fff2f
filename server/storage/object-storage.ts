import { open } from 'node:fs/promises'
import { ToolError } from '../../core/errors'
import { segments } from './keys'
import { mediaType, SIGNATURE_BYTES } from './media-type'
import type { Content, ObjectStore, StoredObject } from './object-store'
import { spooled } from './spool'
import type { Storage } from './storage'
import { storeUnreachable } from './store-failure'
import { streamOf } from './stream-of'

const LINK_SECONDS = 300 // a client that is sent there goes at once; whoever finds the address later has nothing

/** @param prefix what every key begins with in the store: empty, or `name/` */
export function openObjectStorage(store: ObjectStore, prefix: string): Storage {
  const nameOf = (key: string) => `${prefix}${segments(key).join('/')}`
  const folderOf = (key: string) => `${nameOf(key)}/`
  return {
    async put(key, body) {
      const name = nameOf(key)
      await spooled(body, async (content) => store.put(name, content, await typeOf(content)))
    },
    async open(key) {
      const name = nameOf(key)
      const size = await store.size(name)
      return size === undefined ? undefined : { size, stream: () => streamObject(store, name) }
    },
    async read(key) {
      const found = await store.get(nameOf(key))
      if (!found) throw new ToolError('not-found', `There is no file ${key}`)
      return new Uint8Array(await found.arrayBuffer().catch(brokenOff))
    },
    async move(from, to) {
      const [source, target] = [nameOf(from), nameOf(to)]
      if (!(await store.copy(source, target))) throw new ToolError('not-found', `There is no file ${from}`)
      await store.remove([source])
    },
    async remove(key) {
      const names = [nameOf(key)]
      for await (const object of store.list(folderOf(key))) names.push(object.key)
      await store.remove(names)
    },
    async *list(key) {
      const folder = folderOf(key)
      for (const [name, modifiedAt] of await newestByName(store.list(folder), folder)) {
        yield { key: `${key}/${name}`, modifiedAt }
      }
    },
    async link(key, answer) {
      return store.link?.(nameOf(key), { ...answer, seconds: LINK_SECONDS })
    },
  }
}

/** An object store has no folders that could have a time: one is as old as the newest file in it. */
async function newestByName(objects: AsyncIterable<StoredObject>, folder: string): Promise<Map<string, Date>> {
  const newest = new Map<string, Date>()
  for await (const { key, modifiedAt } of objects) {
    const [name] = key.slice(folder.length).split('/')
    const known = newest.get(name)
    if (!known || known < modifiedAt) newest.set(name, modifiedAt)
  }
  return newest
}

/** Asked for when it is first read, and let go also when the reader goes away. */
const streamObject = (store: ObjectStore, name: string) =>
  streamOf(async function* () {
    const found = await store.get(name)
    if (!found?.body) throw new ToolError('not-found', 'The file is no longer there')
    yield* found.body
  })

/** So that a store that hands files out itself calls them what they are. */
async function typeOf(content: Content): Promise<string> {
  return mediaType(content instanceof Uint8Array ? content : await startOf(content.path)) ?? 'application/octet-stream'
}

async function startOf(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(SIGNATURE_BYTES), 0, SIGNATURE_BYTES)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const brokenOff = (cause: unknown): never => {
  throw storeUnreachable(cause)
}
