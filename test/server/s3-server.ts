import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AwsClient } from 'aws4fetch'
import { freePort } from './free-port'

const PARTS = ['account', 'container', 'object', 'proxy'] as const
const PROGRAMS = PARTS.map((part) => `swift-${part}-server`)
const KEYS = { AWS_ACCESS_KEY_ID: 'test:tester', AWS_SECRET_ACCESS_KEY: 'testing' }

/** Whether a real S3 server can be started here: Debian's OpenStack Swift, which speaks its protocol. */
export const hasS3 = PROGRAMS.every((program) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program))),
)

export interface S3Server {
  /** Variables that name a new, empty bucket, with its keys. */
  createBucket(): Promise<{ STORAGE_URL: string } & typeof KEYS>
  /** Nobody answers any more; what is stored stays. */
  down(): void
  up(): Promise<void>
  stop(): void
}

/** An S3 server of our own on loopback, that loses everything when it stops. */
export async function startS3(): Promise<S3Server> {
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-s3-'))
  mkdirSync(join(folder, 'disks/one'), { recursive: true })
  const ports = Object.fromEntries(await Promise.all(PARTS.map(async (part) => [part, await freePort()])))
  writeFileSync(join(folder, 'swift.conf'), SWIFT)
  for (const part of PARTS) {
    writeFileSync(join(folder, `${part}.conf`), settings(folder, ports[part]) + (part === 'proxy' ? PROXY : app(part)))
  }
  const rings = PARTS.filter((part) => part !== 'proxy').map((part) => `${part}=${ports[part]}`)
  execFileSync('/usr/bin/python3', ['-c', BUILD_RINGS, folder, ...rings], { stdio: 'ignore' })
  const env = { ...process.env, SWIFT_DIR: folder }
  const start = (part: (typeof PARTS)[number]): ChildProcess =>
    spawn(`swift-${part}-server`, [join(folder, `${part}.conf`)], { env, stdio: 'ignore' })
  const servers = new Map(PARTS.map((part) => [part, start(part)]))
  const endpoint = `http://127.0.0.1:${ports.proxy}`
  const stop = () => {
    for (const server of servers.values()) server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', stop) // also when a test run is broken off
  await whenAnswering(`${endpoint}/info`)
  let buckets = 0
  return {
    async createBucket() {
      const bucket = `bucket-${++buckets}`
      const client = new AwsClient({
        ...{ accessKeyId: KEYS.AWS_ACCESS_KEY_ID, secretAccessKey: KEYS.AWS_SECRET_ACCESS_KEY },
        ...{ service: 's3', region: 'us-east-1' },
      })
      const response = await client.fetch(`${endpoint}/${bucket}`, { method: 'PUT' })
      if (!response.ok) throw new Error(`The bucket could not be made: ${response.status} ${await response.text()}`)
      return { STORAGE_URL: `s3://${bucket}/some/folder?endpoint=${endpoint}`, ...KEYS }
    },
    down: () => void servers.get('proxy')?.kill('SIGKILL'),
    async up() {
      servers.set('proxy', start('proxy'))
      await whenAnswering(`${endpoint}/info`)
    },
    stop,
  }
}

async function whenAnswering(address: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (
      await fetch(address).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    await sleep(200)
  }
  throw new Error('The S3 server does not start')
}

/** By the builder's own library: its command line would start Python nine times. */
const BUILD_RINGS = `
import sys
from swift.common.ring import RingBuilder
folder = sys.argv[1]
for part, port in (pair.split('=') for pair in sys.argv[2:]):
    builder = RingBuilder(2, 1, 0)
    builder.add_dev({'id': 0, 'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': int(port), 'device': 'one',
                     'weight': 1, 'replication_ip': '127.0.0.1', 'replication_port': int(port), 'meta': ''})
    builder.rebalance()
    builder.get_ring().save('%s/%s.ring.gz' % (folder, part))
`

const SWIFT = `[swift-hash]
swift_hash_path_suffix = suffix
[storage-policy:0]
name = gold
default = yes
`

const settings = (folder: string, port: number) => `[DEFAULT]
devices = ${join(folder, 'disks')}
mount_check = false
bind_ip = 127.0.0.1
bind_port = ${port}
workers = 0
user = ${userInfo().username}
swift_dir = ${folder}
log_address = /dev/null
`

const app = (part: string) => `[pipeline:main]
pipeline = ${part}-server
[app:${part}-server]
use = egg:swift#${part}
`

const PROXY = `[pipeline:main]
pipeline = catch_errors cache listing_formats s3api tempauth slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
`
