import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const MAY_IMPORT = {
  models: [],
  core: ['models'],
  operators: ['core', 'models'],
  'server/api': ['core', 'models', 'operators'],
  client: ['core', 'models', 'operators', 'server/api'],
  workers: ['core', 'models', 'operators', 'server/api'],
  server: ['core', 'models', 'operators', 'server/api'],
  cli: ['client', 'core', 'models', 'operators', 'server', 'server/api'],
  app: ['core', 'models', 'operators', 'server/api', 'workers'],
} as const

// The one door between the pages and the Node side: it hands requests over.
const DOORS = ['app/api/[[...route]]/route.ts']

const root = resolve(import.meta.dirname, '..')
const layers = Object.keys(MAY_IMPORT)

describe.each(Object.entries(MAY_IMPORT))('%s', (layer, allowed: readonly string[]) => {
  test(`imports only itself${allowed.map((name) => `, ${name}`).join('')}`, () => {
    const strays = sources(layer)
      .flatMap((file) => relativeImports(file).map((target) => ({ file, target, layer: layerOf(target) })))
      .filter((found) => found.layer !== layer && !allowed.includes(found.layer))
    expect(strays).toEqual([])
  })
})

test('core, operators and models name no platform package', () => {
  const packages = ['core', 'operators', 'models'].flatMap(sources).flatMap(packageImports)
  expect([...new Set(packages)].sort()).toEqual(['zod'])
})

test('what browsers load imports zod as a namespace: the object named z carries every language with it', () => {
  const files = ['core', 'operators', 'server/api', 'workers', 'app'].flatMap(sources)
  const heavy = files.filter((file) => /import \{.*\bz\b.*\} from 'zod'/.test(readFileSync(join(root, file), 'utf8')))
  expect(heavy).toEqual([])
})

function sources(layer: string): string[] {
  if (!existsSync(join(root, layer))) return []
  return readdirSync(join(root, layer), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('assembly/'))
    .map((file) => join(layer, file))
    .filter((file) => layerOf(file) === layer && !DOORS.includes(file))
}

function layerOf(file: string): string {
  const found = layers.filter((layer) => file.startsWith(`${layer}/`)).sort((a, b) => b.length - a.length)
  return found[0] ?? file
}

function imports(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8')
  return [...source.matchAll(/(?:from|import|import\(|new URL\() ?'([^']+)'/g)].map(([, path]) => path)
}

const relativeImports = (file: string) =>
  imports(file)
    .filter((path) => path.startsWith('.'))
    .map((path) => relative(root, resolve(root, dirname(file), path)))

const packageImports = (file: string) => imports(file).filter((path) => !path.startsWith('.'))
