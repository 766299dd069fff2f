// Compiles every assembly/index.ts (AssemblyScript) to SIMD WebAssembly and writes it beside the folder as
// kernel.wasm.ts: base64 text is imported the same way by a browser bundle, Node and the tests.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'

const FLAGS = ['--optimize', '-O3', '--converge', '--noAssert', '--enable', 'simd']
const MEMORY = ['--runtime', 'stub', '--importMemory', '--use', 'abort=']

export async function buildKernels(roots = ['core', 'operators', 'operators/inpaint']) {
  const folders = roots.flatMap((root) => readdirSync(root).map((name) => ({ name, folder: join(root, name) })))
  mkdirSync('.build', { recursive: true })
  for (const { name, folder } of folders) {
    const source = join(folder, 'assembly', 'index.ts')
    if (!existsSync(source)) continue
    const out = join('.build', `${name}.wasm`)
    const { error, stderr } = await asc.main([source, '--outFile', out, ...FLAGS, ...MEMORY])
    if (error) throw new Error(`${source}: ${stderr.toString()}`)
    const wasm = readFileSync(out)
    const text = `// Built from assembly/ by \`npm run build\`.\nexport const wasmBase64 =\n  '${wasm.toString('base64')}'\n`
    writeFileSync(join(folder, 'kernel.wasm.ts'), text)
    console.log(`${name}: kernel of ${wasm.length} bytes`)
  }
}
