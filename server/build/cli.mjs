// Bundles the command line, the compute processes that it starts, and its commands for keys and models, which then need
// nothing to build them with. Packages stay outside.
import { renameSync, rmSync } from 'node:fs'
import { build } from 'esbuild'
import { FOR_NODE } from './for-node.mjs'
import { buildKeys } from './keys.mjs'
import { buildModels } from './models.mjs'

const OUT = '.build/cli'

export async function buildCli() {
  const fresh = `${OUT}-${process.pid}` // two may begin at once, and neither must find the other's half
  await build({
    ...FOR_NODE,
    entryPoints: { main: 'cli/main.ts', child: 'server/compute/child.ts', helper: 'server/compute/helper.ts' },
    outdir: fresh,
    splitting: true,
    sourcemap: true,
  })
  rmSync(OUT, { recursive: true, force: true })
  renameSync(fresh, OUT)
  await buildKeys()
  await buildModels()
}
