// Builds what is missing or older than its sources, in order: kernels, API docs assets, OpenCV, server, pages, service
// worker, command line, client.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildCli } from './cli.mjs'
import { buildClient } from './client.mjs'
import { buildDocsAssets } from './docs-assets.mjs'
import { buildKernels } from './kernels.mjs'
import { buildOpenCv } from './opencv.mjs'
import { buildPages } from './pages.mjs'
import { buildServer } from './server.mjs'
import { buildServiceWorker } from './sw.mjs'

const SHARED = ['core', 'models', 'operators', 'package-lock.json', 'server/build']
const STAMPS = '.build/stamps.json'

const STEPS = [
  {
    name: 'kernels',
    needs: ['core', 'operators', 'server/build/kernels.mjs'],
    reads: /[\\/]assembly[\\/]|kernels\.mjs$/,
    makes: ['core/preprocess/kernel.wasm.ts'],
    build: () => buildKernels(),
  },
  {
    name: 'API docs assets',
    needs: ['package-lock.json', 'server/build/docs-assets.mjs'],
    makes: ['public/docs-assets/redoc.standalone.js'],
    build: buildDocsAssets,
  },
  {
    name: 'OpenCV for browsers',
    needs: ['package-lock.json', 'server/build/opencv.mjs'],
    makes: ['workers/adapters/opencv.built.js'],
    build: () => buildOpenCv(),
  },
  { name: 'server', needs: [...SHARED, 'server'], makes: ['.build/server/main.js'], build: buildServer },
  {
    name: 'pages',
    needs: [...SHARED, 'app', 'workers', 'server', 'public', 'next.config.ts', 'postcss.config.mjs', 'tsconfig.json'],
    makes: ['.next/BUILD_ID'],
    build: buildPages,
  },
  {
    name: 'service worker',
    needs: [...SHARED, 'workers', 'server/api', 'public', '.next/BUILD_ID'],
    makes: ['public/sw.js'],
    build: buildServiceWorker,
  },
  {
    name: 'command line',
    needs: [...SHARED, 'server', 'client', 'cli'],
    makes: ['.build/cli/main.js'],
    build: buildCli,
  },
  {
    name: 'client',
    needs: [...SHARED, 'server/api', 'client'],
    makes: ['.build/client/client.js'],
    build: buildClient,
  },
]

// What a step writes among its own sources must not make it stale.
const MADE = /(^|\/)(kernel\.wasm\.ts|opencv\.built\.js|sw\.js|docs-assets\/.*)$/

function files(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => files(join(path, name)))
}

function fingerprint({ needs, reads = /./, makes }) {
  const hash = createHash('sha256')
  for (const file of needs.flatMap(files).filter((name) => !MADE.test(name) && reads.test(name)))
    hash.update(file).update(readFileSync(file))
  return makes.every((file) => existsSync(file)) ? hash.digest('hex') : undefined
}

const readStamps = () => (existsSync(STAMPS) ? JSON.parse(readFileSync(STAMPS, 'utf8')) : {})

/** @param {{ force?: boolean, only?: string[] }} [options] `only`: names of the steps to take, all where left out */
export async function build({ force = false, only } = {}) {
  mkdirSync('.build', { recursive: true })
  for (const step of STEPS.filter(({ name }) => only?.includes(name) ?? true)) {
    const stamps = readStamps()
    const before = fingerprint(step)
    if (!force && before !== undefined && stamps[step.name] === before) continue
    const start = performance.now()
    await step.build()
    writeFileSync(STAMPS, JSON.stringify({ ...stamps, [step.name]: fingerprint(step) }))
    console.log(`built ${step.name} in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build({ force: process.argv.includes('--force') })
}
