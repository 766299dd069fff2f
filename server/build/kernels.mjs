// Compiles every operators/<tool>/assembly/index.ts (AssemblyScript) to SIMD WebAssembly and writes it beside the folder
// as kernel.wasm.ts: base64 text is imported the same way by a browser bundle, Node and the tests.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'

const FLAGS = ['--optimize', '-O3', '--converge', '--noAssert', '--enable', 'simd']
const MEMORY = ['--runtime', 'stub', '--importMemory', '--use', 'abort=']

export async function buildKernels(root = 'operators') {
  for (const tool of readdirSync(root)) {
    const source = join(root, tool, 'assembly', 'index.ts')
    if (!existsSync(source)) continue
    mkdirSync('.build', { recursive: true })
    const out = join('.build', `${tool}.wasm`)
    const { error, stderr } = await asc.main([source, '--outFile', out, ...FLAGS, ...MEMORY])
    if (error) throw new Error(`${source}: ${stderr.toString()}`)
    const wasm = readFileSync(out)
    const text = `// Built from assembly/ by \`npm run build\`.\nexport const wasmBase64 =\n  '${wasm.toString('base64')}'\n`
    writeFileSync(join(root, tool, 'kernel.wasm.ts'), text)
    console.log(`${tool}: kernel of ${wasm.length} bytes`)
  }
}
