import { ToolError } from '../../core/errors'

/** Of PostgreSQL, for a server that starts, stops or has no room for another connection, and of sockets. */
const CODES =
  /^(?:08\w{3}|57P0[123]|53300|E(?:CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN))$/
/** What `pg` says without a code. */
const WORDS = /^Connection terminated|^timeout exceeded when trying to connect|has encountered a connection error/

/**
 * What a client is told where the database is away: that the same request may well succeed later. Undefined for every
 * other failure, as of a statement that the database refused.
 */
export function databaseAway(error: unknown): ToolError | undefined {
  if (!isAway(error)) return undefined
  return new ToolError('unavailable', 'The database cannot be reached; try again in a moment', { cause: error })
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return CODES.test(code) || WORDS.test(error.message) || isAway(error.cause)
}
