import { desc } from 'drizzle-orm'
import { index, integer, json, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Progress } from '../../core/progress'
import type { InputFile, Task } from '../api/task'

const time = (name: string) => timestamp(name, { withTimezone: true })

/** What a succeeded task keeps. */
export type TaskResult = Pick<Extract<Task, { state: 'succeeded' }>, 'data' | 'files' | 'ran' | 'timings'>

/** What a failed task keeps. */
export type TaskFailure = Pick<Extract<Task, { state: 'failed' }>, 'code' | 'message'>

// json and not jsonb: nothing is searched by these, and answers keep the order of keys that their tool gave them.
export const tasks = pgTable(
  'tasks',
  {
    /** Also the id of the task's job in the queue. */
    uid: uuid().primaryKey(),
    tool: text().notNull(),
    params: json().$type<Record<string, unknown>>().notNull(),
    inputs: json().$type<InputFile[]>().notNull(),
    owner: text(),
    state: text({ enum: ['queued', 'running', 'succeeded', 'failed', 'canceled'] })
      .notNull()
      .default('queued'),
    /** How often a worker has begun it; also the fencing token: only the latest attempt may write. */
    attempts: integer().notNull().default(0),
    progress: json().$type<Progress>(),
    result: json().$type<TaskResult>(),
    error: json().$type<TaskFailure>(),
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

/** What users have set for tools, by spec id. */
export const settings = pgTable('settings', {
  tool: text().primaryKey(),
  params: json().$type<Record<string, unknown>>().notNull(),
  updatedAt: time('updated_at').notNull().defaultNow(),
})

/** Who is told when a task ends. */
export const webhooks = pgTable('webhooks', {
  /** `wh_…` */
  id: text().primaryKey(),
  url: text().notNull(),
  /** Sealed; see webhooks/secrets.ts. */
  secret: text(),
  /** The key that registered it, which is told of its own tasks only; null is told of those that are everybody's. */
  owner: text(),
  /** The one task that it is told of; null is told of every task of its owner. */
  taskUid: uuid('task_uid').references(() => tasks.uid, { onDelete: 'cascade' }),
  createdAt: time('created_at').notNull().defaultNow(),
  /** When the receiver said that it wants no more. */
  disabledAt: time('disabled_at'),
})

/** What was or is to be sent to a webhook. It outlives its task: what is sent is in it, to the byte. */
export const deliveries = pgTable(
  'deliveries',
  {
    /** Also the `webhook-id` header: the same for every try. */
    id: uuid().primaryKey(),
    webhookId: text('webhook_id')
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    uid: uuid().notNull(),
    body: text().notNull(),
    state: text({ enum: ['pending', 'delivered', 'failed'] })
      .notNull()
      .default('pending'),
    /** Counts up with each job that is made for it: the job of an earlier turn comes to nothing. */
    turn: integer().notNull().default(0),
    attempts: integer().notNull().default(0),
    /** Tries that failed since it was made or replayed: where it is in the schedule. */
    failures: integer().notNull().default(0),
    responseCode: integer('response_code'),
    error: text(),
    createdAt: time('created_at').notNull().defaultNow(),
    attemptedAt: time('attempted_at'),
    /** Null unless pending. */
    nextAttemptAt: time('next_attempt_at'),
    /** Null while pending. */
    endedAt: time('ended_at'),
  },
  (table) => [
    index('deliveries_newest').on(table.webhookId, desc(table.createdAt)),
    index('deliveries_ended').on(table.endedAt),
  ],
)

export type WebhookRow = typeof webhooks.$inferSelect
export type DeliveryRow = typeof deliveries.$inferSelect

export type TaskRow = typeof tasks.$inferSelect
