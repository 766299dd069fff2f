import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../server/support'

const run = promisify(execFile)
const BUILT = resolve('.build/client')
const TSC = resolve('node_modules/typescript/bin/tsc')
const OPTIONS = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2023', '--types', 'node']

/** The program of the guide. */
async function example(): Promise<string> {
  const guide = await readFile('docs/clients.md', 'utf8')
  return /```ts\n([\s\S]*?)```/.exec(guide)?.[1] ?? ''
}

// Made by the build, which `npm test` begins with.
describe.skipIf(!existsSync(BUILT))('the package of the client, in somebody else’s project,', () => {
  let folder: string

  beforeAll(async () => {
    folder = await temporaryFolder()
    const modules = join(folder, 'node_modules')
    await mkdir(join(modules, '@types'), { recursive: true })
    await cp(BUILT, join(modules, 'darkroom-client'), { recursive: true })
    for (const name of ['zod', '@types/node', 'undici-types']) {
      await symlink(resolve('node_modules', name), join(modules, name))
    }
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    await writeFile(join(folder, 'example.ts'), await example())
    await writeFile(
      join(folder, 'wrong.ts'),
      (await example()).replace('threshold: 0.9', "threshold: 'high'").replace('.matches)', '.matches[0].nothing)'),
    )
  })

  test.each([
    ['a bundler', ['--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2023,dom']],
    ['Node', ['--module', 'nodenext', '--lib', 'es2023']],
  ])('compiles the example of the guide as %s finds modules, and nothing that is wrong', async (_, how) => {
    const checked = run(process.execPath, [TSC, ...OPTIONS, ...how, 'example.ts', 'wrong.ts'], { cwd: folder })
    const { stdout } = await checked.catch((failure) => failure)
    expect(stdout.trim().split(/\n(?! )/)).toEqual([
      expect.stringMatching(/^wrong\.ts.* error TS2322: Type 'string' is not assignable to type 'number'/),
      expect.stringMatching(/^wrong\.ts.* error TS2339: Property 'nothing' does not exist/),
    ])
  })

  test('runs with nothing else installed', async () => {
    const program = `import { createClient } from 'darkroom-client'
      const fetch = async (url) => Response.json({ status: 'ready', parts: { url: String(url) } })
      console.log(JSON.stringify(await createClient({ server: 'http://darkroom.test', fetch }).ready()))`
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { cwd: folder })
    expect(JSON.parse(stdout)).toEqual({ status: 'ready', parts: { url: 'http://darkroom.test/health/ready' } })
  })

  test('is what the repository itself calls darkroom/client', async () => {
    const program = "console.log(Object.keys(await import('darkroom/client')).sort().join())"
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program])
    expect(stdout.trim()).toBe('DarkroomError,createClient,verifyWebhook')
  })
})
