/** Files by key, such as `uploads/{uid}/{name}`. */
export interface FileStore {
  write(key: string, bytes: Blob | Uint8Array<ArrayBuffer>): Promise<void>
  read(key: string): Promise<Blob | undefined>
  /** A folder with all it holds, such as `uploads/{uid}`; one that is not there is fine. */
  remove(folder: string): Promise<void>
}

/** In the origin private file system, which keeps large files out of memory. */
export function createFileStore(storage: Pick<StorageManager, 'getDirectory'>): FileStore {
  async function folder(path: readonly string[], create: boolean): Promise<FileSystemDirectoryHandle> {
    let handle = await storage.getDirectory()
    for (const name of path) handle = await handle.getDirectoryHandle(name, { create })
    return handle
  }

  return {
    async write(key, bytes) {
      const { path, name } = split(key)
      const file = await (await folder(path, true)).getFileHandle(name, { create: true })
      const sink = await file.createWritable()
      await sink.write(bytes)
      await sink.close()
    },
    async read(key) {
      const { path, name } = split(key)
      return orMissing(async () => (await (await folder(path, false)).getFileHandle(name)).getFile())
    },
    async remove(key) {
      const { path, name } = split(key)
      await orMissing(async () => (await folder(path, false)).removeEntry(name, { recursive: true }))
    },
  }
}

function split(key: string): { path: string[]; name: string } {
  const path = key.split('/')
  return { name: path.pop() ?? '', path }
}

async function orMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    // TypeError: a name that no file can have.
    if (error instanceof TypeError || (error instanceof DOMException && error.name === 'NotFoundError'))
      return undefined
    throw error
  }
}
