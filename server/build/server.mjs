// Bundles the server: its entry, the compute processes' entry, and what Next's route handler loads. Packages stay
// outside. Beside them go the migrations and an empty database, which a first start copies in a tenth of a second.
import { execFileSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { FOR_NODE } from './for-node.mjs'

const OUT = '.build/server'

export async function buildServer() {
  rmSync(OUT, { recursive: true, force: true })
  await build({
    ...FOR_NODE,
    entryPoints: {
      main: 'server/main.ts',
      child: 'server/compute/child.ts',
      helper: 'server/compute/helper.ts',
      host: 'server/host.ts',
      template: 'server/db/template.ts',
    },
    outdir: OUT,
    splitting: true,
    sourcemap: true,
  })
  cpSync('server/db/migrations', join(OUT, 'migrations'), { recursive: true })
  // In a process of its own: making a database takes 800 MB, which this one may go on to serve with.
  execFileSync(process.execPath, [join(OUT, 'template.js'), join(OUT, 'database-template')], { stdio: 'inherit' })
}
