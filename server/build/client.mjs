// Makes a package of the typed client in .build/client: one script without dependencies, and its types. These are the
// server's own, so that they import zod's. `npm run client` makes it alone, `npm run build` with all else.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const OUT = '.build/client'

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
  for (const name of readdirSync(folder, { recursive: true }).filter((one) => one.endsWith('.d.ts'))) {
    const path = join(folder, name)
    writeFileSync(path, withExtensions(readFileSync(path, 'utf8')))
  }
}

/** Node's own way to find modules, which some compilers follow, guesses no extension. */
const withExtensions = (types) => types.replaceAll(/(from |import\()(['"])(\.{1,2}\/[^'"]+)\2/g, '$1$2$3.js$2')

function packageOf() {
  const { version, license, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  return {
    name: 'darkroom-client',
    version,
    license,
    description: 'Typed client of the Darkroom REST API for browsers, workers and Node',
    type: 'module',
    exports: { '.': { types: './types/client/client.d.ts', default: './client.js' } },
    dependencies: { zod: dependencies.zod },
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildClient()
