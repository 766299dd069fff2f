import { afterAll, beforeAll, describe } from 'vitest'
import { type Cluster, hasPostgres, startCluster } from '../server/postgres-cluster'
import { hasS3, type S3Server, startS3 } from '../server/s3-server'

export interface SharedServices {
  readonly database: Cluster
  readonly s3: S3Server
  /** Variables that name a new database and a new bucket. */
  create(): Promise<Record<string, string>>
}

const missing = [...(hasPostgres ? [] : ['PostgreSQL']), ...(hasS3 ? [] : ['Debian’s swift'])]

/** Tests on a real PostgreSQL with pgvector and a real S3 server. Where one of them is not installed, the report says so. */
export function onSharedServices(title: string, tests: (services: () => SharedServices) => void): void {
  const isMissing = missing.length > 0
  describe.skipIf(isMissing)(`${title}${isMissing ? ` (skipped: ${missing.join(' and ')} not installed)` : ''}`, () => {
    let services: SharedServices | undefined
    beforeAll(async () => {
      const [database, s3] = await Promise.all([startCluster(), startS3()])
      const create = async () => ({ DATABASE_URL: await database.createDatabase(), ...(await s3.createBucket()) })
      services = { database, s3, create }
    })
    afterAll(() => {
      services?.database.stop()
      services?.s3.stop()
    })
    tests(() => {
      if (!services) throw new Error('PostgreSQL and S3 have not started')
      return services
    })
  })
}
