import type { Gate } from '../api/access/gate'
import type { Config } from '../config'
import type { Sql } from '../db/database'
import { createAccess, createAccounts } from './access'
import type { Clock } from './meter'
import { hashOf, isHashOf } from './secret'
import { addressOf, isOnThisMachine } from './sender'

/** @param clock for tests; the database's where left out */
export const openGate = (
  sql: Sql,
  { access: { openFamilies, behindProxy }, metrics }: Pick<Config, 'access' | 'metrics'>,
  clock?: Clock,
): Gate => ({
  access: createAccess(sql, clock),
  accounts: createAccounts(sql, clock),
  openFamilies,
  isMetricsToken: (sent) => metrics.token !== undefined && isHashOf(hashOf(metrics.token), sent),
  isOnThisMachine,
  addressOf: (c) => addressOf(c, behindProxy),
})
