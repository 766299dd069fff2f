import type { z } from 'zod'
import type { Readiness } from '../server/api/contracts/service'
import { Keys, Users } from './access'
import { type ClientOptions, Connection } from './connection'
import { Faces } from './faces'
import { Inpaint } from './inpaint'
import { Library } from './library'
import type { Limits } from './limits'
import { Models } from './models'
import { Plates } from './plates'
import { Settings } from './settings'
import { Tasks } from './tasks'
import { Tools } from './tools'
import { Webhooks } from './webhooks'

export type { ClientOptions, Fetch } from './connection'
export { DarkroomError, type ErrorCode, type FieldIssue } from './errors'
export type { FollowOptions, Progress } from './follow'
export type { Upload } from './form'
export type { Limits } from './limits'
export type { RetryPolicy } from './retry'
export type { DoneTask, ToolFiles, ToolName, ToolParams, ToolResult } from './tools'
export { verifyWebhook } from './verify-webhook'

/** A Darkroom server, from a browser, a worker or Node: all it needs is `fetch`. */
export interface Client {
  readonly tools: Tools
  readonly tasks: Tasks
  readonly plates: Plates
  readonly faces: Faces
  readonly inpaint: Inpaint
  readonly library: Library
  readonly keys: Keys
  readonly users: Users
  readonly webhooks: Webhooks
  readonly models: Models
  readonly settings: Settings
  /** What the key may still send, as the latest answer that said so did; undefined before. */
  readonly limits: Limits | undefined
  /** Bytes of a path that an answer names: `result_files`, `url`, `receipt_url`. */
  file(path: string, signal?: AbortSignal): Promise<Blob>
  /** Whether tasks can be taken. @throws DarkroomError unavailable when they cannot */
  ready(): Promise<z.output<typeof Readiness>>
}

/**
 * @example
 * const client = createClient({ server: 'http://127.0.0.1:8080' })
 * const task = await client.tools.run('template', { image, template }, { threshold: 0.9 })
 * console.log(task.result_data.matches)
 */
export function createClient(options: ClientOptions = {}): Client {
  const connection = new Connection(options)
  const tasks = new Tasks(connection)
  return {
    tools: new Tools(connection, tasks),
    tasks,
    plates: new Plates(connection),
    faces: new Faces(connection),
    inpaint: new Inpaint(connection),
    library: new Library(connection),
    keys: new Keys(connection),
    users: new Users(connection),
    webhooks: new Webhooks(connection),
    models: new Models(connection),
    settings: new Settings(connection),
    get limits() {
      return connection.limits
    },
    file: (path, signal) => connection.blob(path, { signal }),
    ready: () => connection.json('health/ready'),
  }
}
