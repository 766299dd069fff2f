// `npm run keys`: bundles the command line of keys, which takes a fraction of a second, and runs it.
import { spawn } from 'node:child_process'
import { cpSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { FOR_NODE } from './for-node.mjs'

const OUT = '.build/keys'

export async function buildKeys() {
  await build({
    ...FOR_NODE,
    entryPoints: ['server/access/cli/main.ts'],
    outdir: OUT,
    splitting: true, // what is imported only for one of the databases is loaded only then
  })
  cpSync('server/db/migrations', `${OUT}/migrations`, { recursive: true })
  return `${OUT}/main.js`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const child = spawn(process.execPath, [await buildKeys(), ...process.argv.slice(2)], { stdio: 'inherit' })
  child.on('exit', (code) => process.exit(code ?? 1))
}
