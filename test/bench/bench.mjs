// `npm run bench <name>` runs test/bench/<name>.ts in a process of its own. A benchmark says in its first lines what it times.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildKernels } from '../../server/build/kernels.mjs'
import { buildServer } from '../../server/build/server.mjs'

const folder = import.meta.dirname
const [name, ...rest] = process.argv.slice(2)

if (!name || !existsSync(join(folder, `${name}.ts`))) {
  console.error('Which benchmark? For example: npm run bench template')
  process.exit(1)
}
await buildKernels()
if (['faces', 'copies', 'plates'].includes(name)) await buildServer() // its compute processes run as they do in an install
const flags = name === 'plates' ? ['--single-threaded-gc', '--no-incremental-marking'] : [] // as a compute process has it, which this one imitates
const { status } = spawnSync('node', [...flags, '--import', 'tsx', join(folder, `${name}.ts`), ...rest], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
