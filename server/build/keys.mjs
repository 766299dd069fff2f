// `npm run keys`: bundles the command line of keys, which takes a fraction of a second, and runs it.
import { spawn } from 'node:child_process'
import { cpSync } from 'node:fs'
import { build } from 'esbuild'
import { FOR_NODE } from './for-node.mjs'

const OUT = '.build/keys'

await build({
  ...FOR_NODE,
  entryPoints: ['server/access/cli/main.ts'],
  outdir: OUT,
  splitting: true, // what is imported only for one of the databases is loaded only then
})
cpSync('server/db/migrations', `${OUT}/migrations`, { recursive: true })
const child = spawn(process.execPath, [`${OUT}/main.js`, ...process.argv.slice(2)], { stdio: 'inherit' })
child.on('exit', (code) => process.exit(code ?? 1))
