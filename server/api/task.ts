import * as z from 'zod'

/** Any UUID, also of no known version, as Python reads them; in small letters, so that a task has one spelling. */
export const TaskId = z.guid().toLowerCase().brand<'TaskId'>()
export type TaskId = z.infer<typeof TaskId>

const InputFile = z.object({
  slot: z.string(),
  /** Safe file name, unique within the task. */
  name: z.string(),
  /** Storage keys: `uploads/{uid}/{name}` and `thumbnails/{uid}/{name}`. */
  path: z.string(),
  thumbnail: z.string(),
  width: z.int(),
  height: z.int(),
  /** In a task that does the same with many files: which of them. Files without one belong to all. */
  item: z.int().optional(),
})
export type InputFile = z.infer<typeof InputFile>

const base = {
  uid: TaskId,
  /** A spec's id. */
  tool: z.string(),
  params: z.record(z.string(), z.unknown()),
  inputs: z.array(InputFile),
  /** Who may see it; null is everyone. */
  owner: z.string().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
  /** How often a worker has begun it. */
  attempts: z.int(),
}

const progress = z.object({ done: z.number(), total: z.number() })

const ended = {
  /** Milliseconds from the first claim to the end. */
  tookMs: z.number(),
}

/** A task as every engine keeps it. The words for its states are the families' own. */
export const Task = z.discriminatedUnion('state', [
  z.object({ ...base, state: z.literal('queued') }),
  z.object({ ...base, state: z.literal('running'), progress }),
  z.object({
    ...base,
    ...ended,
    state: z.literal('succeeded'),
    data: z.record(z.string(), z.unknown()),
    /** Storage keys: `results/{uid}/{name}`. */
    files: z.array(z.string()),
    ran: z.object({ place: z.enum(['device', 'server']), backend: z.string(), note: z.string().optional() }),
    timings: z.object({ decode: z.number(), modelLoad: z.number(), compute: z.number(), encode: z.number() }),
  }),
  z.object({ ...base, ...ended, state: z.literal('failed'), code: z.string(), message: z.string() }),
  z.object({ ...base, ...ended, state: z.literal('canceled') }),
])
export type Task = z.infer<typeof Task>

export const hasEnded = (task: Task): boolean => task.state !== 'queued' && task.state !== 'running'
