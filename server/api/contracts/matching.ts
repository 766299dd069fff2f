import * as z from 'zod'
import type { Tool } from '../../../operators/registry'
import type { Task } from '../task'
import { withPaths } from './chain'

/** The matching family's words for a task's states. */
const STATUS = {
  queued: 'queued',
  running: 'processing',
  succeeded: 'done',
  failed: 'error',
  canceled: 'error',
} as const satisfies Record<Task['state'], string>

export const time = (description: string) =>
  z.iso.datetime({ offset: true }).meta({ description, examples: ['2026-03-25T12:00:00.000+00:00'] })
const paths = (description: string) =>
  z.array(z.string()).meta({ description: `${description}; served by GET under /` })
const ms = z.number().min(0)

/** What `/api/v1/tasks/{uid}` answers. The fields from `progress` on are ours; clients of the contract ignore them. */
export const TaskObject = z
  .object({
    uid: z.guid(),
    status: z.enum(['queued', 'processing', 'done', 'error']),
    tool: z.string().meta({ description: 'The tool’s word, such as `template`' }),
    params: z.record(z.string(), z.unknown()).meta({ description: 'All parameters, defaults filled in' }),
    created_at: time('When it was accepted, UTC'),
    updated_at: time('When anything about it last changed, UTC'),
    input_files: paths('The uploads'),
    thumbnails: paths('A small picture of each upload'),
    result_files: paths('Pictures that the tool made'),
    result_data: z.record(z.string(), z.unknown()).meta({ description: 'What the tool found; empty until `done`' }),
    error: z.string().nullable().meta({ description: 'A sentence when `status` is `error`' }),
    error_code: z.string().nullable().meta({ description: 'The same for programs, such as `canceled`' }),
    progress: z
      .object({ done: z.number().min(0), total: z.number().min(0) })
      .nullable()
      .meta({ description: 'In units of the tool’s own; null unless `processing`' }),
    attempts: z.int().min(0).meta({ description: 'How often a worker has begun it' }),
    ran: z
      .object({ place: z.enum(['device', 'server']), backend: z.string(), note: z.string().optional() })
      .nullable()
      .meta({ description: 'Where and with what it was computed; null until `done`' }),
    timings: z
      .object({ decode: ms, model_load: ms, compute: ms, encode: ms })
      .nullable()
      .meta({ description: 'Milliseconds of each phase; null until `done`' }),
    took_ms: ms.nullable().meta({ description: 'Milliseconds from the first start to the end; null until then' }),
  })
  .meta({ title: 'Task' })
export type TaskObject = z.infer<typeof TaskObject>

export const TaskPage = z
  .object({ total: z.int().min(0).meta({ description: 'Tasks in all' }), tasks: z.array(TaskObject) })
  .meta({ title: 'Page of tasks' })

/**
 * Paths are percent-encoded, since a client may ask for them as they are, and HTTP takes no letters outside ASCII.
 *
 * @param tools where the tool's word is looked up; a task of a tool that is gone keeps its id for a word
 */
export function toTaskObject(task: Task, tools: readonly Tool[]): TaskObject {
  return {
    uid: task.uid,
    status: STATUS[task.state],
    tool: tools.find(({ spec }) => spec.id === task.tool)?.spec.tool ?? task.tool,
    params: task.params,
    created_at: utc(task.createdAt),
    updated_at: utc(task.updatedAt),
    input_files: task.inputs.map(({ path }) => encodeURI(path)),
    thumbnails: task.inputs.map(({ thumbnail }) => encodeURI(thumbnail)),
    ...outcome(task),
    attempts: task.attempts,
  }
}

/** With an offset in place of the `Z`, which Python reads only since 3.11. */
export const utc = (time: Date): string => time.toISOString().replace('Z', '+00:00')

type Outcome = Pick<
  TaskObject,
  'result_files' | 'result_data' | 'error' | 'error_code' | 'progress' | 'ran' | 'timings' | 'took_ms'
>

const OPEN: Outcome = {
  result_files: [],
  result_data: {},
  error: null,
  error_code: null,
  progress: null,
  ran: null,
  timings: null,
  took_ms: null,
}

function outcome(task: Task): Outcome {
  switch (task.state) {
    case 'queued':
      return OPEN
    case 'running':
      return { ...OPEN, progress: task.progress }
    case 'succeeded': {
      const { modelLoad, ...timings } = task.timings
      return {
        ...OPEN,
        result_files: task.files.map(encodeURI),
        result_data: withPaths(task.data, task.uid),
        ran: task.ran,
        timings: { ...timings, model_load: modelLoad },
        took_ms: task.tookMs,
      }
    }
    case 'failed':
      return { ...OPEN, error: task.message, error_code: task.code, took_ms: task.tookMs }
    case 'canceled':
      return { ...OPEN, error: 'Canceled on request', error_code: 'canceled', took_ms: task.tookMs }
  }
}
