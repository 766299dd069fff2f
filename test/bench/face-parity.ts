import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { build } from 'esbuild'
import sharp from 'sharp'
import { unwrap } from '../../core/errors'
import { cosine } from '../../core/vector'
import { execute } from '../../operators/execute'
import { openLibrary } from '../../server/models/library'
import { findChromium } from '../e2e/chromium'
import { labelledFaces } from './face-data'
import { config, platform } from './face-platform'

const BAR = 0.9999
const RUNTIME = resolve('node_modules/onnxruntime-web/dist')
const PNG_CROPS = 4
const JPEG_CROPS = 2

/** The least cosine between the browser's vectors and the server's, on each backend that this Chromium has. */
export async function measureParity(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-bench-'))
  const crops = await someCrops()
  const server = createServer(answering(folder, crops)).listen(0, '127.0.0.1')
  await Promise.all([once(server, 'listening'), bundle(folder)])
  const { executablePath, env } = await findChromium()
  const args = ['--no-sandbox', '--enable-unsafe-webgpu']
  const browser = await chromium.launch({ executablePath, env, args })
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.waitForFunction('globalThis.faces')
    const names = await page.evaluate<string[]>('faces.names()')
    console.log(`\nBrowser beside server, ${crops.size} crops; least cosine`)
    for (const name of names.toReversed()) await compare(page, name, crops) // a software GPU last: it is slow
    if (!names.includes('WebGPU')) console.log('  WebGPU: this Chromium gives no adapter, so nothing was compared')
  } finally {
    await browser.close()
    server.close()
    server.closeAllConnections()
    await rm(folder, { recursive: true })
  }
}

type Crops = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

/** Of both sets as PNG, and some as JPEG, whose decoders need not agree to the last bit. */
async function someCrops(): Promise<Crops> {
  const faces = labelledFaces()
  const chosen = faces.filter((_, i) => i % Math.floor(faces.length / PNG_CROPS) === 0)
  const jpegs = faces.filter(({ source }) => source === 'faceapi').slice(0, JPEG_CROPS)
  const encoded = jpegs.map(async ({ bytes }, i) => {
    const jpeg = await sharp(bytes).jpeg({ quality: 90 }).toBuffer()
    return [`${i}.jpg`, new Uint8Array(jpeg)] as const
  })
  return new Map([...chosen.map(({ bytes }, i) => [`${i}.png`, bytes] as const), ...(await Promise.all(encoded))])
}

async function compare(page: Page, backend: string, crops: Crops): Promise<void> {
  for (const alignment of ['none', 'landmarks']) {
    const least = new Map<string, number>()
    for (const [name, bytes] of crops) {
      const { embedding, backend: ran } = await page.evaluate<{ embedding: number[]; backend: string }>(
        `faces.embed(${JSON.stringify(backend)}, ${JSON.stringify(name)}, ${JSON.stringify(alignment)})`,
      )
      if (ran !== backend) throw new Error(`asked for ${backend}, ran on ${ran}`)
      const type = name.slice(name.indexOf('.') + 1)
      least.set(type, Math.min(least.get(type) ?? 1, cosine(embedding, await onServer(bytes, alignment))))
    }
    const told = [...least].map(([type, value]) => `${type} ${value.toFixed(6)} ${value >= BAR ? 'ok' : 'BELOW'}`)
    console.log(`  ${backend.padEnd(12)} ${alignment.padEnd(9)} ${told.join(', ')} (bar ${BAR})`)
  }
}

async function onServer(bytes: Uint8Array<ArrayBuffer>, alignment: string): Promise<number[]> {
  const call = { tool: 'embed-face', params: { alignment }, inputs: { file: bytes } }
  return unwrap(await execute(call, platform, async () => {})).data.embedding as number[]
}

/** The page's code, with the runtime's own files beside it, where it looks for them. */
async function bundle(folder: string): Promise<void> {
  await build({
    entryPoints: { page: join(import.meta.dirname, 'face-parity-page.ts') },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['onnxruntime-web-use-extern-wasm'],
    logLevel: 'error',
  })
  await writeFile(join(folder, 'index.html'), '<!doctype html><script type="module" src="/page.js"></script>')
}

/** Isolated, so that WASM has threads as it has on the page. */
function answering(folder: string, crops: Crops): RequestListener {
  const library = openLibrary(config.models)
  const fileOf = async (path: string): Promise<Uint8Array | undefined> => {
    const [, kind, id, name] = path.split('/')
    if (kind === 'faces') return crops.get(id)
    if (kind === 'models') return readFile(join(await library.path(id), name))
    const file = [folder, RUNTIME].map((at) => join(at, path === '/' ? 'index.html' : path)).find(existsSync)
    return file === undefined ? undefined : readFile(file)
  }
  return async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const found = await fileOf(path)
    response.writeHead(found ? 200 : 404, {
      'Content-Type': TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'text/html',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    })
    response.end(found)
  }
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  mjs: 'text/javascript',
  wasm: 'application/wasm',
  png: 'image/png',
  jpg: 'image/jpeg',
  onnx: 'application/octet-stream',
}
