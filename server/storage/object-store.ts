/** Bytes that lie in memory, or in a file of this machine until they are sent. */
export type Content = Uint8Array | { readonly path: string; readonly size: number }

export interface StoredObject {
  readonly key: string
  readonly modifiedAt: Date
}

/**
 * A service that keeps objects by name: S3, Vercel Blob. It has no folders; a key only looks as if.
 *
 * Every method throws ToolError unavailable when the service refuses our keys, cannot be reached, or fails.
 */
export interface ObjectStore {
  /** Whole or not at all. */
  put(key: string, content: Content, type: string): Promise<void>
  /** In bytes; undefined when there is no such object. */
  size(key: string): Promise<number | undefined>
  /** Undefined when there is no such object. */
  get(key: string): Promise<Response | undefined>
  /** @returns whether there was one to copy */
  copy(from: string, to: string): Promise<boolean>
  /** What is not there is no error. */
  remove(keys: readonly string[]): Promise<void>
  list(prefix: string): AsyncIterable<StoredObject>
  /** An address that gives the object to whoever has it, for a while. */
  link?(key: string, options: LinkOptions): Promise<string>
}

export interface LinkOptions {
  readonly seconds: number
  /** `Content-Disposition` and `Content-Type` of the answer. */
  readonly disposition: string
  readonly type: string
}
