import { type Logger, pino } from 'pino'
import type { Config } from './config'

/** JSON lines on the error output. At `info` they name tasks by id, never a user's file, address or parameter. */
export const createLog = (level: Config['logLevel']): Logger =>
  pino({ level, base: { pid: process.pid } }, pino.destination({ dest: 2, sync: true }))
