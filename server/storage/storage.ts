/** The folder of files that are no task's yet. What is left in it is removed after a while. */
export const INCOMING = 'incoming'

export interface StoredBytes {
  readonly size: number
  /** From the start, each time it is called; nothing is held open before the first read. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>
}

export interface Entry {
  /** `uploads/d83ae21c-…` */
  readonly key: string
  readonly modifiedAt: Date
}

/**
 * Keeps files by key: `uploads/d83ae21c-…/screenshot.png`. Every process of one server sees the same files.
 *
 * A key that could lead outside is refused with ToolError not-found, before anything is touched. Where the files are in
 * a service, every method throws ToolError unavailable when that refuses our keys, cannot be reached, or fails.
 */
export interface Storage {
  /**
   * Stores a file whole or, on any failure, not at all. A file with the same key is replaced.
   *
   * @throws ToolError storage-full
   */
  put(key: string, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>
  open(key: string): Promise<StoredBytes | undefined>
  /** @throws ToolError not-found */
  read(key: string): Promise<Uint8Array<ArrayBuffer>>
  move(from: string, to: string): Promise<void>
  /** Removes the file or folder, if there is one. */
  remove(key: string): Promise<void>
  /** The files and folders right below a folder. */
  list(folder: string): AsyncIterable<Entry>
  /** An address that gives the file to whoever has it, for a few minutes; undefined where the storage has none to give. */
  link?(key: string, answer: LinkedAnswer): Promise<string | undefined>
}

/** Headers of what a link answers. */
export interface LinkedAnswer {
  readonly disposition: string
  readonly type: string
}
