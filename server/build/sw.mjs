import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const OUT = 'public/sw.js'
const LARGEST_BYTES = 3 * 2 ** 20 // of a file that the first visit stores; what is larger is stored when it is first used
const RUNTIME = 'ort-wasm-simd-threaded' // scripts of the model runtime name it; of its builds a device uses one, if any
const NEVER = /\.(map|txt)$|^(sw\.js|_buildManifest\.js|_ssgManifest\.js|_clientMiddlewareManifest\.js)$/

/** Bundles the service worker with the list of files that a visit stores for offline use. Call it after `next build`. */
export async function buildServiceWorker() {
  const all = [...nextFiles('.next/static'), ...publicFiles('public')]
  const precache = all.filter(({ isLater }) => !isLater).map(({ url, revision }) => ({ url, revision }))
  const onDemand = all.filter(({ isLater }) => isLater).map(({ url }) => url)
  const pages = digest(readFileSync('.next/BUILD_ID'))
  await build({
    entryPoints: ['workers/sw.ts'],
    outfile: OUT,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    define: {
      PRECACHE: JSON.stringify(precache),
      ON_DEMAND: JSON.stringify(onDemand),
      PAGES_REVISION: JSON.stringify(pages),
      'process.env.NODE_ENV': '"production"',
    },
    plugins: [withoutOperators],
  })
  const bytes = readFileSync(OUT)
  console.log(`service worker: ${kilobytes(bytes)} kB, ${kilobytes(gzipSync(bytes))} kB gzip, ${precache.length} files`)
}

/** A service worker computes nothing itself, and could not load code later: what tools run stays out of its bundle. */
const withoutOperators = {
  name: 'without-operators',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/[^/]+\/(run|refine|parts)$/ }, ({ path, importer }) =>
      importer.endsWith(join('operators', 'registry.ts')) ? { path, namespace: 'operator' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'operator' }, () => ({ contents: 'export {}' }))
  },
}

/** Their names change with their content. */
const nextFiles = (root) =>
  files(root).map(({ name, size }) => ({
    url: `/_next/static/${encodeURI(name)}`,
    revision: null,
    isLater: size > LARGEST_BYTES || (/\.m?js$/.test(name) && readFileSync(join(root, name), 'utf8').includes(RUNTIME)),
  }))

const publicFiles = (root) =>
  files(root).map(({ name, size }) => ({
    url: `/${encodeURI(name)}`,
    revision: digest(readFileSync(join(root, name))),
    isLater: size > LARGEST_BYTES,
  }))

function files(root) {
  if (!existsSync(root)) return []
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !NEVER.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: relative(root, path).replaceAll('\\', '/'), size: statSync(path).size }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

const digest = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 12)
const kilobytes = (bytes) => (bytes.length / 1000).toFixed(1)

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildServiceWorker()
