import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { nameFunctionFiles } from './function-files.mjs'

const next = createRequire(import.meta.url).resolve('next/dist/bin/next')

/** `next build` in a process of its own: it sets NODE_ENV and keeps a lot of memory. */
export async function buildPages() {
  if (process.env.VERCEL) await nameFunctionFiles()
  await new Promise((resolve, reject) => {
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }
    const child = spawn(process.execPath, [next, 'build'], { stdio: 'inherit', env })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`next build ended with ${code}`))))
  })
}
