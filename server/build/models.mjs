// `npm run models`: bundles the command line of models, which takes a fraction of a second, and runs it.
import { spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { FOR_NODE } from './for-node.mjs'

const OUT = '.build/models'

export async function buildModels() {
  await build({
    ...FOR_NODE,
    entryPoints: ['server/models/cli/main.ts'],
    outfile: `${OUT}/main.js`,
  })
  return `${OUT}/main.js`
}

/** Fetches the models of the install in a process of its own, which ends with this one. */
export async function fetchDefaultModels() {
  const child = spawn(process.execPath, [await buildModels(), 'fetch', 'defaults'], { stdio: 'inherit' })
  process.on('exit', () => child.kill())
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const child = spawn(process.execPath, [await buildModels(), ...process.argv.slice(2)], { stdio: 'inherit' })
  child.on('exit', (code) => process.exit(code ?? 1))
}
