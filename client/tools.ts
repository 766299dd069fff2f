import type { z } from 'zod'
import type { ListedSpec } from '../operators/registry'
import type { TaskObject } from '../server/api/contracts/matching'
import type { ToolList } from '../server/api/contracts/tools'
import type { Connection } from './connection'
import { type Fields, formOf, type Upload } from './form'
import type { FollowOptions, Tasks } from './tasks'

/** A tool's word in the REST API: `template`, `plates`, `inpaint`. */
export type ToolName = ListedSpec['tool']

type SpecOf<T extends ToolName> = Extract<ListedSpec, { readonly tool: T }>
type SlotOf<T extends ToolName> = SpecOf<T>['inputs'][number]
type Optional = { readonly optional: true }

/** The files that a tool takes, by field. */
export type ToolFiles<T extends ToolName> = {
  readonly [S in Exclude<SlotOf<T>, Optional> as S['name']]: Upload
} & { readonly [S in Extract<SlotOf<T>, Optional> as S['name']]?: Upload }

/** Its parameters; what is left out has its default. */
export type ToolParams<T extends ToolName> = z.input<SpecOf<T>['params']>

/** What it finds: `result_data`. */
export type ToolResult<T extends ToolName> = z.output<SpecOf<T>['result']>

/** A task of this tool that is `done`. */
export type DoneTask<T extends ToolName> = TaskObject & {
  readonly status: 'done'
  readonly tool: T
  readonly result_data: ToolResult<T>
}

/** A tool as the server describes it, with JSON Schemas of parameters and result. */
export type ListedTool = z.output<typeof ToolList>['tools'][number]

/** Every tool of the server's registry, the same way. */
export class Tools {
  readonly #connection: Connection
  readonly #tasks: Tasks
  #list: Promise<readonly ListedTool[]> | undefined

  constructor(connection: Connection, tasks: Tasks) {
    this.#connection = connection
    this.#tasks = tasks
  }

  /** What the server can do; asked once. */
  list(): Promise<readonly ListedTool[]> {
    this.#list ??= this.#connection.json<z.output<typeof ToolList>>('api/v1/tools').then(({ tools }) => tools)
    this.#list.catch(() => {
      this.#list = undefined
    })
    return this.#list
  }

  /**
   * Queues a task and does not wait for it.
   *
   * @throws DarkroomError invalid-input that names every wrong field at once
   */
  async submit<T extends ToolName>(
    tool: T,
    files: ToolFiles<T>,
    params?: ToolParams<T>,
    { signal }: Pick<FollowOptions, 'signal'> = {},
  ): Promise<TaskObject> {
    const listed = (await this.list()).find((one) => one.tool === tool)
    const path = listed?.path ?? `api/v1/${tool}` // the server says that it has no such tool
    return this.#connection.json(path, { method: 'POST', form: formOf(files, params as Fields | undefined), signal })
  }

  /**
   * Queues a task, follows it to its end and answers it.
   *
   * @param options an abort of `signal` cancels the task on the server too
   * @throws DarkroomError as `submit` does; failed when the task ends with an error
   */
  async run<T extends ToolName>(
    tool: T,
    files: ToolFiles<T>,
    params?: ToolParams<T>,
    options: FollowOptions = {},
  ): Promise<DoneTask<T>> {
    const { uid } = await this.submit(tool, files, params, options)
    try {
      return (await this.#tasks.wait(uid, options)) as DoneTask<T>
    } catch (error) {
      if (options.signal?.aborted) await this.#tasks.cancel(uid).catch(() => {})
      throw error
    }
  }
}
