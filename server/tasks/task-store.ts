import { and, count, desc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { Progress } from '../../core/progress'
import type { Page } from '../api/engine'
import { Task, TaskId } from '../api/task'
import type { Sql } from '../db/database'
import { type TaskFailure, type TaskResult, type TaskRow, tasks } from '../db/schema'

const ACTIVE: TaskRow['state'][] = ['queued', 'running']
const ENDED: TaskRow['state'][] = ['succeeded', 'failed', 'canceled']

export type NewTask = Pick<TaskRow, 'uid' | 'tool' | 'params' | 'inputs' | 'owner'>

export const addTask = async (db: Sql, task: NewTask): Promise<Task> => {
  const [row] = await db.insert(tasks).values(task).returning()
  return toTask(row)
}

export async function findTask(db: Sql, uid: string): Promise<Task | undefined> {
  const [row] = await db.select().from(tasks).where(eq(tasks.uid, uid))
  return row && toTask(row)
}

/** Those that are everyone's, and those of this owner. */
export async function listTasks(db: Sql, { offset, limit }: Page, owner: string | null = null) {
  const seen = owner === null ? isNull(tasks.owner) : or(isNull(tasks.owner), eq(tasks.owner, owner))
  const newest = db
    .select()
    .from(tasks)
    .where(seen)
    .orderBy(desc(tasks.createdAt), tasks.uid)
    .offset(offset)
    .limit(limit)
  const [rows, [{ total }]] = await Promise.all([newest, db.select({ total: count() }).from(tasks).where(seen)])
  return { total, tasks: rows.map(toTask) }
}

export async function countQueued(db: Sql): Promise<number> {
  const [{ queued }] = await db.select({ queued: count() }).from(tasks).where(eq(tasks.state, 'queued'))
  return queued
}

/** How many tasks wait, and how many are in work. */
export async function countActive(db: Sql): Promise<{ queued: number; running: number }> {
  const rows = await db
    .select({ state: tasks.state, tasks: count() })
    .from(tasks)
    .where(inArray(tasks.state, ACTIVE))
    .groupBy(tasks.state)
  const of = (state: TaskRow['state']) => rows.find((row) => row.state === state)?.tasks ?? 0
  return { queued: of('queued'), running: of('running') }
}

/** Uids of tasks that have not ended. */
export async function activeTasks(db: Sql): Promise<string[]> {
  const rows = await db.select({ uid: tasks.uid }).from(tasks).where(inArray(tasks.state, ACTIVE))
  return rows.map(({ uid }) => uid)
}

/** Begins the next attempt; undefined when the task has ended, is gone, or has no attempt left. */
export async function claimTask(db: Sql, uid: string, mostAttempts: number): Promise<TaskRow | undefined> {
  const [row] = await db
    .update(tasks)
    .set({
      state: 'running',
      attempts: sql`${tasks.attempts} + 1`,
      progress: { done: 0, total: 1 },
      startedAt: sql`coalesce(${tasks.startedAt}, now())`,
      updatedAt: sql`now()`,
    })
    .where(and(eq(tasks.uid, uid), inArray(tasks.state, ACTIVE), lt(tasks.attempts, mostAttempts)))
    .returning()
  return row
}

/** All times are the database's: the clocks of several machines never agree, and one's own may jump. */
type Change = PgUpdateSetSource<typeof tasks>

/** One attempt of a task. A later attempt, a cancel or a removal makes all writes of this one come to nothing. */
export type Attempt = Pick<TaskRow, 'uid' | 'attempts'>

/** @returns whether this attempt still holds the task */
export const reportProgress = async (db: Sql, attempt: Attempt, progress: Progress): Promise<boolean> =>
  (await write(db, attempt, { progress })) !== undefined

/** @returns the ended task; undefined when this attempt no longer held it */
export const succeedTask = (db: Sql, attempt: Attempt, result: TaskResult): Promise<Task | undefined> =>
  end(db, attempt, { state: 'succeeded', result })

/** @returns the ended task; undefined when this attempt no longer held it */
export const failTask = (db: Sql, attempt: Attempt, error: TaskFailure): Promise<Task | undefined> =>
  end(db, attempt, { state: 'failed', error })

/** Puts a task back to wait for its next attempt. `uncounted` is for one that was broken off on purpose. */
export async function releaseTask(db: Sql, attempt: Attempt, { uncounted = false } = {}): Promise<void> {
  await write(db, attempt, { state: 'queued', progress: null, attempts: attempt.attempts - (uncounted ? 1 : 0) })
}

async function end(db: Sql, attempt: Attempt, change: Change): Promise<Task | undefined> {
  const row = await write(db, attempt, { ...change, endedAt: sql`now()` })
  return row && toTask(row)
}

async function write(db: Sql, { uid, attempts }: Attempt, change: Change): Promise<TaskRow | undefined> {
  const mine = and(eq(tasks.uid, uid), eq(tasks.state, 'running'), eq(tasks.attempts, attempts))
  const [row] = await db
    .update(tasks)
    .set({ ...change, updatedAt: sql`now()` })
    .where(mine)
    .returning()
  return row
}

/** Ends a task that has no attempt left and that nobody holds; undefined when there is no such task. */
export async function failExhausted(
  db: Sql,
  uid: string,
  mostAttempts: number,
  error: TaskFailure,
): Promise<Task | undefined> {
  const [row] = await db
    .update(tasks)
    .set({ state: 'failed', error, endedAt: sql`now()`, updatedAt: sql`now()` })
    .where(and(eq(tasks.uid, uid), inArray(tasks.state, ACTIVE), sql`${tasks.attempts} >= ${mostAttempts}`))
    .returning()
  return row && toTask(row)
}

/** The canceled task; undefined when it had already ended or there is none. */
export async function cancelTask(db: Sql, uid: string): Promise<Task | undefined> {
  const [row] = await db
    .update(tasks)
    .set({ state: 'canceled', endedAt: sql`now()`, updatedAt: sql`now()` })
    .where(and(eq(tasks.uid, uid), inArray(tasks.state, ACTIVE)))
    .returning()
  return row && toTask(row)
}

/** Forgets tasks that ended longer ago than `ttlMs`; answers their uids. */
export async function removeExpired(db: Sql, ttlMs: number): Promise<string[]> {
  const rows = await db
    .delete(tasks)
    .where(and(inArray(tasks.state, ENDED), lt(tasks.endedAt, sql`now() - make_interval(secs => ${ttlMs / 1000})`)))
    .returning({ uid: tasks.uid })
  return rows.map(({ uid }) => uid)
}

/** Those of `uids` that are no task's. */
export async function withoutTask(db: Sql, uids: readonly string[]): Promise<string[]> {
  const ids = uids.filter((uid) => TaskId.safeParse(uid).success)
  if (ids.length === 0) return [...uids]
  const rows = await db.select({ uid: tasks.uid }).from(tasks).where(inArray(tasks.uid, ids))
  const known = new Set(rows.map(({ uid }) => uid))
  return uids.filter((uid) => !known.has(uid))
}

/** The union that impossible states cannot be written in, from a row that could hold them. */
const toTask = ({ result, error, startedAt, endedAt, ...row }: TaskRow): Task =>
  Task.parse({
    ...row,
    ...result,
    ...error,
    tookMs: startedAt && endedAt ? Math.max(0, endedAt.getTime() - startedAt.getTime()) : 0,
  })
