import type { z } from 'zod'
import type {
  BatchQuery,
  CompareQuery,
  Comparison,
  Embedding,
  EmbeddingBatch,
  EmbedQuery,
  FacesHealth,
} from '../server/api/contracts/faces'
import type { Connection } from './connection'
import { formOf, type Upload } from './form'

/** Vectors of faces, answered at once; nothing is stored. */
export class Faces {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The vector of one cropped face, JPEG or PNG. */
  embed(
    file: Upload,
    query: z.input<typeof EmbedQuery> = {},
    signal?: AbortSignal,
  ): Promise<z.output<typeof Embedding>> {
    return this.#connection.json('embed', { method: 'POST', form: formOf({ file }), query, signal })
  }

  /** Up to 64 at once; a file that cannot be read is answered with what is wrong, in its place. */
  embedAll(
    files: readonly Upload[],
    query: z.input<typeof BatchQuery> = {},
    signal?: AbortSignal,
  ): Promise<z.output<typeof EmbeddingBatch>> {
    return this.#connection.json('api/v1/faces/embed', { method: 'POST', form: formOf({ files }), query, signal })
  }

  /** Whether two cropped faces are of one person. */
  compare(
    one: Upload,
    other: Upload,
    query: z.input<typeof CompareQuery> = {},
    signal?: AbortSignal,
  ): Promise<z.output<typeof Comparison>> {
    const form = formOf({ file1: one, file2: other })
    return this.#connection.json('api/v1/faces/compare', { method: 'POST', form, query, signal })
  }

  /** Which model makes the vectors. */
  health(): Promise<z.output<typeof FacesHealth>> {
    return this.#connection.json('health')
  }
}
