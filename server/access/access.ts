import type { Access } from '../api/access/access'
import type { Accounts } from '../api/access/accounts'
import type { Sql } from '../db/database'
import { addKey, findHolder, findKey, listKeys, revokeKey, rotateKey } from './key-store'
import { type Clock, giveBack, removeIdleAddresses, take } from './meter'
import { closeSession, findSession, openSession, removeExpiredSessions } from './session-store'
import { record, removeOldRequests, totalsOf, usageOf } from './usage-store'
import { addUser, changeUser, findUser, listUsers } from './user-store'

/** Keys and counts in the database, so that all processes share them and a restart keeps them. */
export const createAccess = (sql: Sql, clock?: Clock): Access => ({
  findKey: (key) => findHolder(sql, key),
  findSession: (token) => findSession(sql, token),
  take: (subject, limits, cost) => take(sql, subject, limits, cost, clock),
  giveBack: (subject, limits, pictures) => giveBack(sql, subject, limits, { pictures }, clock),
  record: ({ keyId }, outcome) => record(sql, keyId, outcome),
})

export const createAccounts = (sql: Sql, clock?: Clock): Accounts => ({
  listUsers: () => listUsers(sql),
  findUser: (id) => findUser(sql, id),
  addUser: (user) => addUser(sql, user),
  changeUser: (id, change) => changeUser(sql, id, change),
  listKeys: (userId) => listKeys(sql, userId),
  findKey: (id) => findKey(sql, id),
  addKey: (userId, name) => addKey(sql, userId, name),
  rotateKey: (id) => rotateKey(sql, id),
  revokeKey: (id) => revokeKey(sql, id),
  totals: (keyId) => totalsOf(sql, keyId),
  usage: (userId, days) => usageOf(sql, userId, days, clock),
  openSession: (holder, seconds) => openSession(sql, holder, seconds),
  closeSession: (token) => closeSession(sql, token),
})

const REQUESTS_KEPT_DAYS = 92 // a quarter

/** Forgets what no longer counts. */
export async function cleanUpAccess(sql: Sql): Promise<void> {
  await removeIdleAddresses(sql)
  await removeExpiredSessions(sql)
  await removeOldRequests(sql, REQUESTS_KEPT_DAYS)
}
