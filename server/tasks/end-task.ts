import type { Task } from '../api/task'
import type { Sql } from '../db/database'

/** Called in the transaction that ends a task: what it writes appears with that end or not at all. */
export type OnEnd = (transaction: Sql, task: Task) => Promise<void>

/**
 * Ends a task, and in the same transaction tells who has to know.
 *
 * @param change gives the ended task, or undefined when it could not be ended
 */
export const endTask = (
  sql: Sql,
  onEnd: OnEnd,
  change: (transaction: Sql) => Promise<Task | undefined>,
): Promise<Task | undefined> =>
  sql.transaction(async (transaction) => {
    const task = await change(transaction)
    if (task) await onEnd(transaction, task)
    return task
  })
