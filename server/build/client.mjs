// Makes a package of the typed client in .build/client: one script without dependencies, and its types. These are the
// server's own, so that they import zod's, and nothing else. `npm run client` makes it alone, `npm run build` with all
// else.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { buildKernels } from './kernels.mjs'

const OUT = '.build/client'
const TYPES = 'client/client.d.ts'
const RELATIVE = /(from |import\()(['"])(\.{1,2}\/[^'"]+)\2/g

export async function buildClient() {
  const fresh = `${OUT}-${process.pid}`
  await build({
    entryPoints: ['client/client.ts'],
    outfile: join(fresh, 'client.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  })
  writeTypes(join(fresh, 'types'))
  writeFileSync(join(fresh, 'package.json'), `${JSON.stringify(packageOf(), null, 2)}\n`)
  rmSync(OUT, { recursive: true, force: true })
  renameSync(fresh, OUT)
}

function writeTypes(folder) {
  const { bin } = createRequire(import.meta.url)('typescript/package.json')
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), bin.tsc)
  const emit = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--outDir', folder]
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.client.json', ...emit], { stdio: 'inherit' })
  const reached = reachedFrom(join(folder, TYPES))
  for (const name of readdirSync(folder, { recursive: true }).filter((one) => one.endsWith('.d.ts'))) {
    const path = join(folder, name)
    if (reached.has(path)) writeFileSync(path, withExtensions(readFileSync(path, 'utf8')))
    else rmSync(path)
  }
}

/** The compiler writes the types of all that it read; those of the client name few of them. */
function reachedFrom(path, reached = new Set()) {
  if (reached.has(path)) return reached
  reached.add(path)
  for (const [, , , module] of readFileSync(path, 'utf8').matchAll(RELATIVE)) {
    reachedFrom(`${join(dirname(path), module)}.d.ts`, reached)
  }
  return reached
}

/** Node's own way to find modules, which some compilers follow, guesses no extension. */
const withExtensions = (types) => types.replaceAll(RELATIVE, '$1$2$3.js$2')

function packageOf() {
  const { version, license, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  return {
    name: 'darkroom-client',
    version,
    license,
    description: 'Typed client of the Darkroom REST API for browsers, workers and Node',
    type: 'module',
    exports: { '.': { types: `./types/${TYPES}`, default: './client.js' } },
    dependencies: { zod: dependencies.zod },
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildKernels() // the types are not complete without them
  await buildClient()
}
