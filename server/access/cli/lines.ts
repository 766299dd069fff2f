import type { Key, User } from '../../api/access/accounts'
import type { Limits } from '../../api/access/plans'

/** A table for a terminal: one key a line, under whose it is. */
export function keyLines(users: readonly User[], keys: readonly Key[]): string[] {
  if (keys.length === 0) return ['There are no keys. Make one with: npm run keys create <user>']
  const rows = keys.map((key) => [
    key.id,
    key.userName,
    users.find(({ id }) => id === key.userId)?.plan ?? '',
    key.name,
    key.prefix ? `${key.prefix}…${key.lastFour}` : '(chosen)',
    stateOf(key),
  ])
  const all = [['id', 'user', 'plan', 'name', 'key', 'state'], ...rows]
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)))
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  )
}

function stateOf({ revokedAt, lastUsedAt }: Key): string {
  if (revokedAt) return `revoked ${dayOf(revokedAt)}`
  return lastUsedAt ? `used ${dayOf(lastUsedAt)}` : 'never used'
}

const dayOf = (time: Date): string => time.toISOString().slice(0, 10)

export const limitsWords = ({ perMinute, burst, quota, period }: Limits): string =>
  `${perMinute} requests a minute, ${burst} at once, ${quota === null ? 'any number of' : quota} pictures a ${period}`
