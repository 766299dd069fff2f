import type { z } from 'zod'

/** Statuses with which a route may refuse; each has one shared description in the document. */
export type Refusal = 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 503 | 507

export interface Answer {
  readonly description: string
  /** `application/json` unless told otherwise. */
  readonly type?: string
  /** Shown in the document under its `id` from the schema registry. */
  readonly schema?: z.ZodType
  readonly example?: unknown
}

/** What `/openapi.json` says about a route, beyond its path and query schemas. */
export interface Operation {
  /** Name for generated clients: `listTasks`. */
  readonly id: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  /** A request body, as OpenAPI writes it. */
  readonly body?: Readonly<Record<string, unknown>>
  readonly answers: Readonly<Record<number, Answer>>
  /** Beyond 422 for path and query, 403 for methods that change something, and 500. */
  readonly refusals?: readonly Refusal[]
  /** A shell command that does it, for the pages. */
  readonly shell?: string
}
