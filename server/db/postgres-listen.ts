import pg from 'pg'
import type { Listener } from './database'

const RECONNECT_MS = 1000

/** Listens on a connection of its own and opens a new one when it breaks. */
export async function listen(
  connectionString: string,
  channel: string,
  { onMessage, onGap }: Listener,
): Promise<() => Promise<void>> {
  let stopped = false
  let client: pg.Client
  const connect = async () => {
    client = new pg.Client({ connectionString, keepAlive: true, keepAliveInitialDelayMillis: 10_000 })
    client.on('error', () => {}) // 'end' follows
    client.on('notification', ({ payload }) => onMessage(payload ?? ''))
    await client.connect()
    await client.query(`listen ${channel}`)
    client.once('end', reconnect)
  }
  const reconnect = () => {
    if (!stopped) setTimeout(() => connect().then(onGap, reconnect), RECONNECT_MS).unref()
  }
  await connect()
  return async () => {
    stopped = true
    await client.end()
  }
}
