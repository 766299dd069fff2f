import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { readHeader } from '../../core/image-header'
import { KEY, runningServer } from '../client/running-server'
import { testLibrary } from '../models/model-cache'
import { temporaryFolder } from '../server/support'

const run = promisify(execFile)

interface Language {
  readonly folder: string
  /** Says whether it is here. */
  readonly probe: readonly string[]
  /** The command for a family. */
  command(family: string, programs: string): readonly string[]
  /** Where a start takes seconds, only the first family is run, unless EXAMPLES=all. */
  readonly isSlow?: boolean
  /** What has to be done before the first, in the folder of the language. */
  prepare?(programs: string): readonly string[]
}

const capitalized = (word: string): string => word[0].toUpperCase() + word.slice(1)
const example = (path: string): string => resolve('examples', path)

const LANGUAGES: readonly Language[] = [
  { folder: 'curl', probe: ['curl', '--version'], command: (family) => ['sh', example(`curl/${family}.sh`)] },
  {
    folder: 'javascript',
    probe: ['node', '--version'],
    command: (family) => ['node', example(`javascript/${family}.mjs`)],
  },
  {
    folder: 'python',
    probe: ['python3', '--version'],
    command: (family) => ['python3', example(`python/${family}.py`)],
  },
  {
    folder: 'php',
    probe: ['php', '-r', 'exit(function_exists("curl_init") ? 0 : 1);'],
    command: (family) => ['php', example(`php/${family}.php`)],
  },
  {
    folder: 'go',
    isSlow: true,
    probe: ['go', 'version'],
    prepare: (programs) => ['go', 'build', '-o', `${programs}/`, './...'],
    command: (family, programs) => [join(programs, family)],
  },
  {
    folder: 'java',
    isSlow: true,
    probe: ['javac', '--version'],
    prepare: (programs) => [
      'javac',
      '-d',
      programs,
      ...readdirSync('examples/java').map((name) => example(`java/${name}`)),
    ],
    command: (family, programs) => ['java', '-cp', programs, capitalized(family)],
  },
]

/** What each prints, and the picture that it makes. */
const PRINTS: Readonly<Record<string, { readonly text: RegExp; readonly file?: string }>> = {
  match: { text: /^20$/m, file: 'matches.png' },
  plates: { text: /^covered_car\.jpg$/m, file: 'covered_car.jpg' },
  faces: { text: /^512\b[\s\S]*\b[Tt]rue$/m },
  inpaint: { text: /(true|false)/, file: 'clean.png' },
  copies: { text: /^edited\b/m },
}

test('the examples do what they say, in every language that is here', { timeout: 600_000 }, async ({ annotate }) => {
  // Ten processes and more: on a machine that others load they take minutes.
  const { address } = await runningServer({ API_KEY: KEY })
  const { state } = await testLibrary().state('faceplugin-fr-feature')
  for (const { folder, probe, prepare, command, isSlow } of LANGUAGES) {
    if (!(await isHere(probe))) {
      await annotate(`${folder} is not on this machine: its examples are only compared with the OpenAPI document`)
      continue
    }
    const cwd = await temporaryFolder()
    const programs = join(cwd, 'programs')
    mkdirSync(programs)
    const env = {
      PATH: process.env.PATH,
      HOME: cwd,
      GOCACHE: join(tmpdir(), 'darkroom-go'), // its library takes half a minute to compile, once
      DARKROOM_SERVER: address,
      DARKROOM_KEY: KEY,
      DARKROOM_SAMPLES: resolve('public/samples'),
    }
    const start = ([program, ...args]: readonly string[], where = cwd) =>
      run(program, args, { cwd: where, env: { ...env, NODE_ENV: 'test' } })
    if (prepare) await start(prepare(programs), example(folder))
    const families = isSlow && process.env.EXAMPLES !== 'all' ? ['match'] : Object.keys(PRINTS)
    for (const family of families) {
      const { text, file } = PRINTS[family]
      if (family === 'faces' && state !== 'installed') continue
      const { stdout } = await start(command(family, programs))
      expect([folder, family, stdout]).toEqual([folder, family, expect.stringMatching(text)])
      if (file) expect(await formatOf(join(cwd, file))).toBe(file.endsWith('png') ? 'png' : 'jpeg')
    }
  }
})

async function isHere([program, ...args]: readonly string[]): Promise<boolean> {
  return run(program, args).then(
    () => true,
    () => false,
  )
}

const formatOf = async (path: string) =>
  existsSync(path) ? readHeader(new Uint8Array(await readFile(path)))?.format : undefined
