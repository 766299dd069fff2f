import { afterAll, beforeAll, describe } from 'vitest'
import { type Cluster, hasPostgres, startCluster } from '../server/postgres-cluster'
import { temporaryFolder } from '../server/support'

interface OwnPostgres {
  readonly database: Cluster
  /** For the files of all processes. */
  readonly folder: string
}

/** Tests that stop the PostgreSQL server they use. Where there is none, the report says so. */
export function onOwnPostgres(title: string, tests: (open: () => Promise<OwnPostgres>) => void): void {
  describe.skipIf(!hasPostgres)(`${title}${hasPostgres ? '' : ' (skipped: PostgreSQL is not installed here)'}`, () => {
    let database: Cluster
    beforeAll(async () => {
      database = await startCluster()
    })
    afterAll(() => database.stop())
    tests(async () => ({ database, folder: await temporaryFolder() }))
  })
}
