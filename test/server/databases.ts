import { afterAll, beforeAll, describe } from 'vitest'
import { type Cluster, hasPostgres, startCluster } from './postgres-cluster'
import { dataFolder } from './support'

interface Databases {
  readonly kind: 'PGlite' | 'PostgreSQL'
  /** Variables that name a data folder and a database of their own. */
  create(): Promise<{ DATA_DIR: string; DATABASE_URL: string | undefined }>
  /** Ends every connection to the server, as its restart does. */
  dropConnections(): Promise<void>
}

/** The same tests on the embedded database and on a real PostgreSQL. Where there is none, the report says so. */
export function onEachDatabase(title: string, tests: (databases: Databases) => void): void {
  describe(`${title} on PGlite`, () =>
    tests({
      kind: 'PGlite',
      create: async () => ({ DATA_DIR: await dataFolder(), DATABASE_URL: undefined }),
      dropConnections: async () => {},
    }))
  onPostgres(title, tests)
}

/** Tests of what only a real PostgreSQL can do. */
export function onPostgres(title: string, tests: (databases: Databases) => void): void {
  const absent = hasPostgres ? '' : ' (skipped: there is no server program here)'
  describe.skipIf(!hasPostgres)(`${title} on PostgreSQL${absent}`, () => {
    let cluster: Cluster
    beforeAll(async () => {
      cluster = await startCluster()
    })
    afterAll(() => cluster.stop())
    tests({
      kind: 'PostgreSQL',
      create: async () => ({ DATA_DIR: await dataFolder(), DATABASE_URL: await cluster.createDatabase() }),
      dropConnections: () => cluster.dropConnections(),
    })
  })
}
