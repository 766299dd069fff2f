import type { Outcome } from '../../core/errors'
import type { PixelLimits } from '../../core/ports'
import type { Model } from '../../models/model'
import type { Call, Executed } from '../../operators/execute'
import type { Task, TaskId } from './task'

/** Checked while the body streams in; a body over a limit is refused with ToolError too-large. */
export interface UploadLimits {
  readonly fileBytes: number
  /** In place of `fileBytes` for files named `.ply`: a scan has tens of bytes for each of millions of points. */
  readonly cloudBytes: number
  readonly totalBytes: number
  readonly files: number
  /** How many are named as the most, where one of `files` is no photo but what is laid over them. */
  readonly filesTold?: number
}

/** A file of a request, already in the engine's storage under a temporary key. */
export interface ReceivedFile {
  /** The multipart field. */
  readonly field: string
  /** As the client sent it: not to be trusted. */
  readonly name: string
  readonly size: number
  readonly key: string
}

export interface Received {
  readonly files: readonly ReceivedFile[]
  /** Text fields in the order they came; a name can come twice. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** Removes every file that no task has taken. Always called, also after `submit`. */
  discard(): Promise<void>
}

/** A file of a request that lies in memory and nowhere else. */
export interface HeldFile {
  /** The multipart field. */
  readonly field: string
  /** As the client sent it: not to be trusted. */
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface Held {
  readonly files: readonly HeldFile[]
  /** Text fields in the order they came; a name can come twice. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** Makes room for other requests. Always called, once the files are done with. */
  release(): void
}

/** What a run gives that is answered at once. */
export type Computed = Pick<Executed, 'data' | 'files' | 'ran' | 'timings'>

export interface DraftInput {
  readonly slot: string
  readonly name: string
  readonly file: ReceivedFile
  /** In a task that does the same with many files: which of them, from 0. Files without one belong to all. */
  readonly item?: number
}

/** Who is told when one task ends, as a registered webhook would be. */
export interface Callback {
  readonly url: string
  /** Signs what is sent; nobody is ever told it again. */
  readonly secret: string | null
}

/** What a family hands over to become a task. */
export interface Draft {
  /** A spec's id. */
  readonly tool: string
  /** Already parsed by the spec. */
  readonly params: Record<string, unknown>
  /** One file per slot, or per slot and item; `name` is safe and unique among them. */
  readonly inputs: readonly DraftInput[]
  readonly owner: string | null
  readonly callback?: Callback
}

export interface StoredFile {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>
  readonly size: number
  /** `image/png` and the like, from the bytes or the extension; never from the client. */
  readonly type: string
  /** An address to have it from with these two headers; where there is one, whoever asks is sent there. */
  link?(disposition: string, type: string): Promise<string | undefined>
}

export interface Health {
  readonly ready: boolean
  /** Part by part, e.g. `{ database: 'ok', storage: 'ok', workers: '2' }`. */
  readonly parts: Readonly<Record<string, string>>
}

/** What users have set for tools in place of their defaults, by spec id. Survives a restart. */
export interface Settings {
  /** Undefined where nothing has been set. */
  read(tool: string): Promise<Record<string, unknown> | undefined>
  /** Replaces all that was set. */
  write(tool: string, params: Record<string, unknown>): Promise<void>
}

/** Who is told when a task ends. */
export interface Webhook {
  readonly id: string
  readonly url: string
  readonly createdAt: Date
  /** When the receiver answered that it wants no more; null while it is told. */
  readonly disabledAt: Date | null
}

/** What was or is to be sent to a webhook about one task. */
export interface Delivery {
  readonly id: string
  /** The task. */
  readonly uid: string
  /** The tool's word and how the task ended, as the body says. */
  readonly task: { readonly tool: string; readonly status: 'done' | 'error' }
  readonly state: 'pending' | 'delivered' | 'failed'
  readonly attempts: number
  /** Status of the latest answer; null where none came. */
  readonly responseCode: number | null
  /** Why the latest try failed, a sentence. */
  readonly error: string | null
  readonly createdAt: Date
  readonly attemptedAt: Date | null
  /** Null unless pending. */
  readonly nextAttemptAt: Date | null
}

export interface Webhooks {
  /**
   * @param secret signs what is sent; nobody is ever told it again
   * @param owner is told of its own tasks only; null, of those that are everybody's
   * @throws ToolError invalid-input when the address must not be reached; conflict when there are too many
   */
  add(url: string, secret: string | null, owner?: string | null): Promise<Webhook>
  /** Of one owner, oldest first. */
  list(owner?: string | null): Promise<Webhook[]>
  /** @returns whether there was one */
  remove(id: string): Promise<boolean>
  /** Newest first; undefined when there is no such webhook. */
  deliveries(id: string, page: Page): Promise<{ total: number; deliveries: Delivery[] } | undefined>
  /** Sends it again now. Undefined when there is none. @throws ToolError conflict when the webhook is disabled */
  replay(id: string, delivery: string): Promise<Delivery | undefined>
}

/** Where a model stands on this host. */
export type ModelState =
  | { readonly state: 'installed' }
  /** `reason`: why it could not be fetched the last time. */
  | { readonly state: 'absent'; readonly reason?: string }
  | { readonly state: 'fetching'; readonly bytes: number; readonly total: number }
  /** What came, or lay there, was not what the manifest says. */
  | { readonly state: 'quarantined'; readonly reason: string }

export interface HeldModel {
  readonly model: Model
  readonly state: ModelState
  /** Whether its licence is accepted here, or does not have to be. */
  readonly accepted: boolean
}

/** One file of an installed model, checked against the manifest. */
export interface ModelContent {
  readonly size: number
  readonly sha256: string
  /** Bytes `from`..`to`, the last not included. */
  read(from: number, to: number): ReadableStream<Uint8Array<ArrayBuffer>>
}

/** The models of this host. */
export interface Models {
  /** All of the manifest, in its order. */
  list(): Promise<HeldModel[]>
  /** Undefined when the manifest has none of that id. */
  find(id: string): Promise<HeldModel | undefined>
  /**
   * Begins to fetch it, unless it is here or on its way.
   *
   * @throws ToolError forbidden when its licence is not accepted
   */
  fetch(id: string): Promise<HeldModel | undefined>
  /**
   * Deletes what was fetched.
   *
   * @returns whether there was anything
   * @throws ToolError conflict while it is being fetched
   */
  remove(id: string): Promise<boolean>
  /**
   * A file of the model; a model of the install that is missing is waited for.
   *
   * @returns undefined when the manifest has no such model or file
   * @throws ToolError forbidden, or model-unavailable when it is not here
   */
  open(id: string, file: string): Promise<ModelContent | undefined>
}

export interface Page {
  readonly offset: number
  readonly limit: number
}

/**
 * What the REST app needs from "something that keeps and runs tasks". The server (database, storage, child processes)
 * and the device (IndexedDB, OPFS, the page's workers) each give one.
 */
export interface Engine {
  readonly host: 'server' | 'device'
  readonly limits: {
    readonly upload: UploadLimits
    readonly pixels: PixelLimits
    /** Most files of a task that does the same with many. */
    readonly batchFiles: number
  }
  readonly settings: Settings
  /** Every method throws ToolError unavailable where webhooks cannot be had. */
  readonly webhooks: Webhooks
  readonly models: Models
  /** For `GET /`: the model that runs by default, if any, and the processor. */
  describe(): { readonly model: string | null; readonly device: string }
  health(): Promise<Health>
  /**
   * Streams a multipart body into storage.
   *
   * @param limits in place of the engine's own
   *
   * @throws ToolError too-large, or invalid-input when it is not multipart; nothing is left behind then
   */
  receive(request: Request, limits?: UploadLimits): Promise<Received>
  /**
   * Reads a multipart body into memory; nothing of it is ever written.
   *
   * @throws ToolError as `receive` does; busy, before anything is read, when too much is held already
   */
  hold(request: Request, limits: UploadLimits): Promise<Held>
  /**
   * Runs calls at once and forgets them: no task is made and no file is written, so nothing is left after a crash.
   *
   * @param calls each with its files; decoding one goes on beside computing another
   * @returns an outcome for each call, in their order
   * @throws ToolError busy when too much waits already; canceled; unavailable
   */
  compute(calls: readonly Call[], signal: AbortSignal): Promise<readonly Outcome<Computed>[]>
  /**
   * Checks that the files can be decoded and fit each other, then stores and queues the task in one step: once this
   * resolves the task is not lost. Of many files it is enough that one can be decoded.
   *
   * @throws ToolError with the slots that are wrong; busy when the queue is full; unavailable where nobody can be called
   * back; invalid-input when the callback's address must not be reached
   */
  submit(draft: Draft): Promise<Task>
  find(uid: TaskId): Promise<Task | undefined>
  /** Newest first: those that are everyone's, and those of this owner. */
  list(page: Page, owner?: string | null): Promise<{ total: number; tasks: Task[] }>
  /** The canceled task; undefined when there is none. @throws ToolError conflict when it has already ended. */
  cancel(uid: TaskId): Promise<Task | undefined>
  /** The task as it is, then after each change, until it has ended or `signal` aborts. Undefined when there is none. */
  watch(uid: TaskId, signal: AbortSignal): Promise<AsyncIterable<Task> | undefined>
  /** A stored file by key (`uploads/…`, `thumbnails/…`, `results/…`); undefined when there is none. */
  file(key: string): Promise<StoredFile | undefined>
}
