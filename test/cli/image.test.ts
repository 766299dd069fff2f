import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../server/support'
import { darkroom } from './support'

const run = promisify(execFile)

/** What the last stage of the Dockerfile has of the first, as paths of the repository. */
async function copiedPaths(): Promise<string[]> {
  const dockerfile = await readFile('Dockerfile', 'utf8')
  return [...dockerfile.matchAll(/^COPY --from=build (.+) \S+$/gm)]
    .flatMap(([, paths]) => paths.split(' '))
    .filter((path) => path.startsWith('/app/'))
    .map((path) => path.slice('/app/'.length))
}

test('what the image copies is enough for the command, called by its link', async () => {
  const folder = await temporaryFolder()
  expect((await darkroom(['--version'], { cwd: folder })).code).toBe(0) // built now, if it was not
  const app = join(folder, 'app')
  for (const path of (await copiedPaths()).filter((name) => name !== '.next')) {
    await mkdir(dirname(join(app, path)), { recursive: true })
    if (path === 'node_modules') await symlink(resolve(path), join(app, path))
    else await cp(path, join(app, path), { recursive: true })
  }
  await symlink(join(app, 'cli/bin.mjs'), join(folder, 'darkroom'))
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DATA_DIR: join(folder, 'data'),
    MODELS_FETCH: 'asked',
  }
  const command = (...args: string[]) =>
    run(process.execPath, [join(folder, 'darkroom'), ...args], { cwd: resolve('public/samples'), env })

  const matched = await command('match', 'template', 'folder.png', 'folder-part.png', '--json')
  expect(JSON.parse(matched.stdout)).toMatchObject({ ok: true, data: { matches_found: 20 } })
  expect((await command('models')).stdout).toContain('faceplugin-fr-feature')
  expect((await command('keys', 'create', 'Shop', 'basic')).stdout).toContain('dk_')
  expect((await command('keys')).stdout).toContain('Shop')
})
