// Names the files that the built server needs, for hosts that run Next's routes as functions, such as Vercel: they take
// along what Next sees, and Next does not look into a server that its route loads as it is.
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

// Next's own tracer, as Next ships it.
const { nodeFileTrace } = createRequire(import.meta.url)('next/dist/compiled/@vercel/nft')

const FUNCTION_FILES = '.build/server/function-files.json'

const ENTRIES = ['host', 'child', 'helper'].map((name) => `.build/server/${name}.js`)
const LEFT_OUT = ['node_modules/next/**', '.build/server/database-template/**'] // Next adds itself; functions share a database
const READ = ['models/weights/**', 'public/docs-assets/**', 'public/cover.png']

export async function nameFunctionFiles() {
  const { fileList } = await nodeFileTrace(ENTRIES, { ignore: LEFT_OUT })
  writeFileSync(FUNCTION_FILES, JSON.stringify([...fileList, ...READ]))
}
