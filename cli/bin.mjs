#!/usr/bin/env node
// The command `darkroom`: builds what is missing or older than its sources, then becomes it. What belongs to the server
// is handed to its own scripts.
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const BUILT = '.build/cli/main.js'
const SOURCES = ['cli', 'client', 'core', 'models', 'operators', 'server']
const SERVER_SCRIPTS = { serve: 'start', models: 'models', keys: 'keys' }
const SERVER_BUILT = { serve: 'server', models: 'models', keys: 'keys' }

const cwd = process.cwd()
const args = process.argv.slice(2)
process.chdir(ROOT) // where models, covers and the data folder are looked for
const isBuiltOnly = !existsSync('server/build') // as in the image: nothing to build with, and nothing that is stale

if (Object.hasOwn(SERVER_SCRIPTS, args[0] ?? '')) {
  const script = isBuiltOnly
    ? resolve('.build', SERVER_BUILT[args[0]], 'main.js')
    : resolve('server/build', `${SERVER_SCRIPTS[args[0]]}.mjs`)
  process.argv = [process.argv[0], script, ...args.slice(1)]
  await import(pathToFileURL(script).href)
} else {
  if (!isBuiltOnly) await buildWhereStale()
  await run()
}

function newest(path) {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

async function buildWhereStale() {
  const sources = SOURCES.filter(existsSync)
  const isFresh = existsSync(BUILT) && statSync(BUILT).mtimeMs >= Math.max(...sources.map(newest))
  if (isFresh) return
  const { log } = console
  console.log = console.error // the output is for results
  const { build } = await import('../server/build/build.mjs')
  await build({ only: ['kernels', 'command line'] })
  console.log = log
  utimesSync(BUILT, new Date(), new Date())
}

async function run() {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(130) // asked twice
      stop.abort()
    })
  }
  // Whoever reads the output may have enough of it, as `head` does.
  process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  const { main } = await import(pathToFileURL(resolve(BUILT)).href)
  const code = await main({ args, cwd, signal: stop.signal })
  if (stop.signal.aborted) process.exit(code) // a download may still be under way
  process.exitCode = code
}
