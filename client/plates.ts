import type { z } from 'zod'
import type { coverPlates } from '../operators/cover-plates/spec'
import type { Accepted, PlateTask } from '../server/api/contracts/plates'
import type { Connection } from './connection'
import { DarkroomError } from './errors'
import { type FollowOptions, poll } from './follow'
import { type Fields, formOf, type Upload } from './form'

type PlateParams = z.input<typeof coverPlates.params>

interface Photos {
  /** JPEG, PNG or WebP, up to 50. */
  readonly files: readonly Upload[]
  /** Laid over every plate in place of a colour. */
  readonly cover?: Upload
}

/** Number plates of many photos, covered in one task. */
export class Plates {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Queues a task and does not wait for it. */
  submit(photos: Photos, params: PlateParams = {}, signal?: AbortSignal): Promise<z.output<typeof Accepted>> {
    const form = formOf({ files: photos.files, cover: photos.cover }, params as Fields)
    return this.#connection.json('api/v1/process-task', { method: 'POST', form, signal })
  }

  get(taskId: string, signal?: AbortSignal): Promise<PlateTask> {
    return this.#connection.json(`api/v1/task-status/${encodeURIComponent(taskId)}`, { signal })
  }

  /**
   * Queues a task and waits for its end. A photo that could not be read is in `results` with its `error`; each other has
   * a `url` to hand to `file`.
   *
   * @throws DarkroomError failed when the whole task did; an abort throws the signal's reason
   */
  async cover(photos: Photos, params?: PlateParams, options: FollowOptions = {}): Promise<PlateTask> {
    const { task_id } = await this.submit(photos, params, options.signal)
    const task = await poll(() => this.get(task_id, options.signal), hasEnded, options)
    if (task.status === 'failed') throw new DarkroomError('failed', task.error ?? 'The task failed')
    return task
  }
}

const hasEnded = ({ status }: PlateTask): boolean => status === 'completed' || status === 'failed'
