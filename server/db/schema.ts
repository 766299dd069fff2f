import { desc } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Progress } from '../../core/progress'
import type { InputFile, Task } from '../api/task'

const time = (name: string) => timestamp(name, { withTimezone: true })

/** What a succeeded task keeps. */
export type TaskResult = Pick<Extract<Task, { state: 'succeeded' }>, 'data' | 'files' | 'ran' | 'timings'>

/** What a failed task keeps. */
export type TaskFailure = Pick<Extract<Task, { state: 'failed' }>, 'code' | 'message'>

export const tasks = pgTable(
  'tasks',
  {
    /** Also the id of the task's job in the queue. */
    uid: uuid().primaryKey(),
    tool: text().notNull(),
    params: jsonb().$type<Record<string, unknown>>().notNull(),
    inputs: jsonb().$type<InputFile[]>().notNull(),
    owner: text(),
    state: text({ enum: ['queued', 'running', 'succeeded', 'failed', 'canceled'] })
      .notNull()
      .default('queued'),
    /** How often a worker has begun it; also the fencing token: only the latest attempt may write. */
    attempts: integer().notNull().default(0),
    progress: jsonb().$type<Progress>(),
    result: jsonb().$type<TaskResult>(),
    error: jsonb().$type<TaskFailure>(),
    createdAt: time('created_at').notNull().defaultNow(),
    updatedAt: time('updated_at').notNull().defaultNow(),
    startedAt: time('started_at'),
    endedAt: time('ended_at'),
  },
  (table) => [
    index('tasks_newest').on(desc(table.createdAt), table.uid),
    index('tasks_state').on(table.state, table.endedAt),
  ],
)

export type TaskRow = typeof tasks.$inferSelect
