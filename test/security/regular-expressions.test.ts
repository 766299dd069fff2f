import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'acorn'
import { transformSync } from 'esbuild'
import { isSafePattern } from 'redos-detector'
import { expect, test } from 'vitest'

/** What the detector cannot tell from a slow one, or what no stranger's text reaches; each with the reason. */
const ARGUED = new Map([
  ['/;\\s*q=([\\d.]+)/', 'linear: each semicolon begins once, and no blank is one'],
  ['/(tiff:Orientation\\s*=\\s*["\'])\\d/g', 'linear: the equals sign parts the blanks'],
  ['/(<tiff:Orientation>\\s*)\\d/g', 'linear: no blank begins a match'],
  ['/^(event|data): ?(.*)$/', 'linear: begins at one place; read by clients, from the server they chose'],
  ['/\\.exports\\s*=\\s*(?=[{"])/', 'linear: the equals sign parts the blanks; a package whose hash was checked'],
  ['/^(.*?)(?::(\\d+))?$/', 'a node name of a model whose hash was checked'],
  ['/=+$/', 'the base64 text of a kernel that the build made'],
  ['/\\.+$/', 'a name that was clipped to 120 bytes'],
  ['/\\{(\\w+)\\}/g', 'paths of routes'],
  ['/\\{\\w+\\}/g', 'paths of routes'],
  ['/\\/*$/', 'the registry of whoever installs models'],
  ['/^\\s*([^;#=\\s][^=]*?)\\s*=\\s*(.*?)\\s*$/', 'the .npmrc of whoever installs models'],
  ['/\\$\\{([^}]+)\\}/g', 'the .npmrc of whoever installs models'],
  ['/^\\/+|\\/+$/g', 'STORAGE_URL'],
  ['/<Contents>(.*?)<\\/Contents>/gs', 'the listing of the storage in STORAGE_URL'],
  ['/&(?:#x([\\da-f]+)|#(\\d+)|(\\w+));/gi', 'the listing of the storage in STORAGE_URL'],
])

interface Pattern {
  readonly literal: string
  readonly pattern: string
  readonly flags: string
  readonly file: string
}

/** What runs in the server, where one request that is slow to read holds up all others. */
const FOLDERS = ['core', 'models', 'operators', 'server']

const found = sources().flatMap(patternsIn)

test('no regular expression that reads what a stranger sends can be made to backtrack without end', () => {
  expect(found.length).toBeGreaterThan(50)
  const slow = found.filter((one) => !ARGUED.has(one.literal) && !isQuick(one))
  expect(slow.map(({ literal, file }) => `${file}: ${literal}`)).toEqual([])
})

test('every exception is still somewhere', () => {
  const literals = new Set(found.map(({ literal }) => literal))
  expect([...ARGUED.keys()].filter((literal) => !literals.has(literal))).toEqual([])
})

function isQuick({ pattern, flags }: Pattern): boolean {
  const unicode = /[uv]/.test(flags)
  return isSafePattern(pattern, {
    caseInsensitive: flags.includes('i'),
    dotAll: flags.includes('s'),
    multiLine: flags.includes('m'),
    unicode,
    timeout: 10_000,
  }).safe
}

function sources(): string[] {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  const isSource = (file: string) => /\.tsx?$/.test(file) && !/\/assembly\/|\.wasm\.ts$|\.d\.ts$/.test(file)
  return [...files.filter(isSource), 'proxy.ts', 'next.config.ts']
}

function patternsIn(file: string): Pattern[] {
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    loader: file.endsWith('x') ? 'tsx' : 'ts',
    jsx: 'automatic',
  })
  const found: Pattern[] = []
  visit(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), ({ pattern, flags }) => {
    found.push({ literal: `/${pattern}/${flags}`, pattern, flags, file })
  })
  return found
}

type Regex = Pick<Pattern, 'pattern' | 'flags'>

function visit(node: unknown, found: (regex: Regex) => void): void {
  if (typeof node !== 'object' || node === null) return
  if ('regex' in node) found(node.regex as Regex)
  else for (const child of Object.values(node)) visit(child, found)
}
