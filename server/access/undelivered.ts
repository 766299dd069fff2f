import { eq } from 'drizzle-orm'
import { isBatch, toBatchTask } from '../api/contracts/inpaint-batch'
import type { Task } from '../api/task'
import { keys, users } from '../db/access-schema'
import type { Sql } from '../db/database'
import { limitsOf } from './limits'
import { giveBack } from './meter'

/** Called where a task ends: pictures of a batch that were not delivered no longer count against its user's quota. */
export async function giveBackUndelivered(db: Sql, task: Task): Promise<void> {
  if (task.owner === null || !isBatch(task)) return
  const { failed } = toBatchTask(task)
  if (failed === 0) return
  const ofKey = db.select({ user: users }).from(keys).innerJoin(users, eq(keys.userId, users.id))
  const [row] = await ofKey.where(eq(keys.id, task.owner))
  if (!row) return
  const undelivered = { pictures: failed, takenAt: task.createdAt }
  await giveBack(db, `user:${row.user.id}`, limitsOf(row.user), undelivered)
}
