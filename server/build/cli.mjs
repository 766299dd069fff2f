// Bundles the command line and the compute processes that it starts. Packages stay outside.
import { renameSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

const OUT = '.build/cli'

export async function buildCli() {
  const fresh = `${OUT}-${process.pid}` // two may begin at once, and neither must find the other's half
  await build({
    entryPoints: { main: 'cli/main.ts', child: 'server/compute/child.ts', helper: 'server/compute/helper.ts' },
    outdir: fresh,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.9',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
  rmSync(OUT, { recursive: true, force: true })
  renameSync(fresh, OUT)
}
