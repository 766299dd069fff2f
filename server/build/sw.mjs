import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const OUT = 'public/sw.js'
const LARGEST_BYTES = 3 * 2 ** 20 // of one file to be stored for offline use: what is larger waits until it is asked for
const NEVER = /\.(map|txt)$|(^|\/)(sw\.js|_buildManifest\.js|_ssgManifest\.js|_clientMiddlewareManifest\.js)$/

/** Bundles the service worker with the list of files that a visit stores for offline use. Call it after `next build`. */
export async function buildServiceWorker() {
  const precache = [...nextFiles('.next/static'), ...publicFiles('public')]
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
    onResolve({ filter: /^\.\/[^/]+\/(run|refine)$/ }, ({ path, importer }) =>
      importer.endsWith(join('operators', 'registry.ts')) ? { path, namespace: 'operator' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'operator' }, () => ({ contents: 'export {}' }))
  },
}

/** Their names change with their content. */
const nextFiles = (root) => files(root).map((name) => ({ url: `/_next/static/${encodeURI(name)}`, revision: null }))

const publicFiles = (root) =>
  files(root).map((name) => ({ url: `/${encodeURI(name)}`, revision: digest(readFileSync(join(root, name))) }))

function files(root) {
  if (!existsSync(root)) return []
  return readdirSync(root, { recursive: true })
    .filter((name) => statSync(join(root, name)).isFile() && !NEVER.test(name))
    .filter((name) => statSync(join(root, name)).size <= LARGEST_BYTES)
    .map((name) => name.replaceAll('\\', '/'))
    .sort()
}

const digest = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 12)
const kilobytes = (bytes) => (bytes.length / 1000).toFixed(1)

if (import.meta.url === pathToFileURL(process.argv[1]).href) await buildServiceWorker()
