import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import pg from 'pg'
import { freePort } from './free-port'

const DEBIAN = '/usr/lib/postgresql' // keeps the server's programs out of PATH, by version

const programs = findPrograms()

/** Whether a throw-away PostgreSQL can be started here. Where REQUIRE_POSTGRES=1 its absence is a failure. */
export const hasPostgres = programs !== undefined
if (!hasPostgres && process.env.REQUIRE_POSTGRES === '1') {
  throw new Error('REQUIRE_POSTGRES is 1, but there is no initdb and pg_ctl in PATH or /usr/lib/postgresql')
}

export interface Cluster {
  /** The address of a new, empty database. */
  createDatabase(): Promise<string>
  /** Stops the server, cutting every connection. */
  down(): void
  /** Starts it again, on the same port and with the same data. */
  up(): void
  /** Ends every connection, as a restart does. */
  dropConnections(): Promise<void>
  stop(): void
}

/** A PostgreSQL server of our own, that loses everything when it stops. */
export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-pg-'))
  // PostgreSQL refuses to run as root, so root hands it to the user that the package has made for it.
  if (isRoot) execFileSync('chown', ['postgres', folder])
  const data = join(folder, 'data')
  const port = await freePort()
  run('initdb', ['--auth=trust', '--username=postgres', '--no-sync', '-D', data])
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off`
  const up = () => run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start'])
  up()
  const address = (name: string) => `postgres://postgres@127.0.0.1:${port}/${name}`
  return {
    async createDatabase() {
      const name = `test_${randomUUID().replaceAll('-', '')}`
      await query(address('postgres'), `create database ${name}`)
      return address(name)
    },
    down: () => run('pg_ctl', ['-D', data, '-w', '-m', 'immediate', 'stop']),
    up,
    dropConnections: () => query(address('postgres'), DROP_CONNECTIONS),
    stop() {
      run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop'])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const DROP_CONNECTIONS = `select pg_terminate_backend(pid) from pg_stat_activity
  where backend_type = 'client backend' and pid <> pg_backend_pid()`

async function query(address: string, sql: string): Promise<void> {
  const client = new pg.Client(address)
  await client.connect()
  await client.query(sql)
  await client.end()
}

const isRoot = process.getuid?.() === 0

function run(program: string, args: string[]): void {
  const path = join(programs ?? '', program)
  const [command, ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', path, ...args] : [path, ...args]
  execFileSync(command, rest, { stdio: 'ignore', cwd: tmpdir() })
}

function findPrograms(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin')) : []
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...versions.sort().reverse()]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')))
}
