import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { build } from 'esbuild'

const OUT = '.build/e2e-runners'
const RUNTIME = 'node_modules/onnxruntime-web/dist'
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}
const PAGE = `<!doctype html><title>runners</title><script type="module">
import { wrap } from '/comlink.js'
window.harness = wrap(new Worker('/worker.js', { type: 'module' }))
</script>`

/** How the next answers for a model's file go wrong; when the list is empty they do not. */
export interface Trouble {
  /** Ends the connection after so many bytes of the file. */
  readonly cutAt?: number
  readonly status?: number
  /** Sends these bytes in place of the file's. */
  readonly instead?: Buffer
  /** Waits this long in the middle. */
  readonly pauseMs?: number
}

/** Serves the bundled worker, the runtime and model files from one isolated origin. */
export async function startServer(port: number) {
  await build({
    entryPoints: { worker: 'test/e2e/runners/worker.ts', comlink: 'comlink' },
    outdir: OUT,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2023',
    logLevel: 'error',
  })
  const files = new Map<string, Buffer>()
  const troubles: Trouble[] = []
  const ranges: (string | undefined)[] = []

  function answer({ url = '/', headers }: IncomingMessage, response: ServerResponse): void {
    const path = url.slice(1)
    const file = files.get(path)
    if (path === '') send(response, 'text/html', PAGE)
    else if (!path.startsWith('models/')) sendBuilt(response, path)
    else {
      const trouble = troubles.shift() ?? {}
      ranges.push(headers.range)
      if (!file || trouble.status) response.writeHead(trouble.status ?? 404, ISOLATED).end()
      else sendModel(response, trouble.instead ?? file, headers.range, trouble)
    }
  }

  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${port}/`,
    files,
    troubles,
    /** The `Range` of each request for a model so far. */
    ranges,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { ...ISOLATED, 'Content-Type': type }).end(body)
}

/** The bundles, and what the runtime loads from beside them. */
function sendBuilt(response: ServerResponse, path: string): void {
  const found = [join(OUT, path), join(RUNTIME, path)].find((file) => existsSync(file))
  if (!found) response.writeHead(404, ISOLATED).end()
  else send(response, path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript', readFileSync(found))
}

function sendModel(response: ServerResponse, file: Buffer, range: string | undefined, trouble: Trouble): void {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0)
  response.writeHead(from > 0 ? 206 : 200, {
    ...ISOLATED,
    'Content-Length': file.length - from,
    ...(from > 0 && { 'Content-Range': `bytes ${from}-${file.length - 1}/${file.length}` }),
  })
  const half = trouble.cutAt ?? Math.floor((from + file.length) / 2)
  response.write(file.subarray(from, half))
  setTimeout(() => {
    if (trouble.cutAt !== undefined) response.destroy()
    else response.end(file.subarray(half))
  }, trouble.pauseMs ?? 50)
}
