import { describe, expect, test } from 'vitest'
import { readHeader } from '../../core/image-header'
import { cleanExif } from '../../core/metadata/exif'
import { readPly } from '../../core/ply'
import { run as runSurface } from '../../operators/match-surface/run'
import { matchSurface } from '../../operators/match-surface/spec'
import { isAllowedHost } from '../../server/allowed-hosts'
import { form, pictures, RUN, service } from '../api/support'
import { testContext } from '../support'

// Each of these once took minutes, or memory without end. What fails here does not come back, rather than come back wrong.

describe('a text made to be slow to read', () => {
  test('as the Host header is refused at once', () => {
    expect(isAllowedHost(['darkroom.test'], `${':'.repeat(16_000)}]`)).toBe(false)
    expect(isAllowedHost(['darkroom.test'], `${'localhost.'.repeat(1600)}x`)).toBe(false)
  })

  test('as a number, in as many fields as a form may have, is refused at once', async () => {
    const digits = `${'1'.repeat(65_000)}x`
    const { app } = service()
    const response = await app.request(RUN, form({ ...pictures, threshold: Array(90).fill(digits) }))
    expect(response.status).toBe(422)
  })

  test('as the name of every file is clipped at once', async () => {
    const { app } = service()
    const name = `${'.'.repeat(15_000)}x`
    const files = { image: new File(['x'], name), template: new File(['x'], name) }
    expect((await app.request(RUN, form(files))).status).toBe(201)
  })

  test('as a list of tags is answered at once', async () => {
    const { app } = service()
    const headers = { 'If-None-Match': `${' '.repeat(16_000)}x` }
    expect((await app.request('/openapi.json', { headers })).status).toBe(200)
  })
})

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('a PLY file', () => {
  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'whose type of number is the word %s has no such type, however many points it promises',
    (word) => {
      const header = ['ply', 'format binary_little_endian 1.0', 'element vertex 999999999999', `property ${word} w`]
      const axes = ['x', 'y', 'z'].map((axis) => `property float ${axis}`)
      const file = bytesOf([...header, ...axes, 'end_header', 'data'].join('\n'))
      expect(() => readPly(file)).toThrow(/property needs a known type/)
    },
  )
})

const ENTRY_BYTES = 12

/** A little-endian TIFF directory of `entries` shorts that all promise as many numbers as the file has room for. */
function promisingTiff(entries: number, tag: (i: number) => number, bytes = 1_000_000): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(bytes)
  const view = new DataView(file.buffer)
  file.set([0x49, 0x49, 42, 0])
  view.setUint32(4, 8, true)
  view.setUint16(8, entries, true)
  for (let i = 0; i < entries; i++) {
    const at = 10 + ENTRY_BYTES * i
    view.setUint16(at, tag(i), true)
    view.setUint16(at + 2, 3, true)
    view.setUint32(at + 4, (bytes - 16) / 2, true)
    view.setUint32(at + 8, 8, true)
  }
  return file
}

test('a PLY file with a point beyond what 32 bits can square is refused: tools would look for it without end', () => {
  const header = [
    'ply',
    'format ascii 1.0',
    'element vertex 2',
    ...['x', 'y', 'z'].map((axis) => `property double ${axis}`),
  ]
  const file = bytesOf([...header, 'end_header', '0 0 0', '0 1e39 0', ''].join('\n'))
  expect(() => readPly(file)).toThrow(/Point 2 is more than 1000000000000000000 away/)
})

describe('a TIFF directory', () => {
  test('of thousands of fields that all promise a whole file of numbers is read for its size alone', () => {
    expect(readHeader(promisingTiff(60_000, (i) => 254 + (i % 4)))).toMatchObject({ format: 'tiff' })
  })

  test('in EXIF, whose fields share their bytes, is broken: written out it would be a thousand times as long', () => {
    expect(
      cleanExif(
        promisingTiff(1000, (i) => 0x9000 + i),
        { position: true },
      ),
    ).toBeUndefined()
  })
})

describe('JSON that goes deeper than anything it could be', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`

  test('is refused as a body', async () => {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'PUT', headers, body: `{"threshold":${deep}}` }
    const response = await service().app.request('/api/v1/settings/template', init)
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('may lie 64 deep')])
  })

  test('is refused in a field of a form', async () => {
    const steps = `[{"tool":"template","params":{"threshold":${deep.slice(70_000, 130_000)}}}]`
    const response = await service().app.request('/api/v1/match/chain', form({ ...pictures, steps }))
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('"json_invalid"')])
  })

  test('is taken where the brackets are part of a text', async () => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ url: `https://example.org/?${'['.repeat(100)}\\"` })
    const response = await service().app.request('/api/v1/webhooks', { method: 'POST', headers, body })
    expect(response.status).toBe(201)
  })
})

test('a scan whose points all lie far from each other is searched to an end', async () => {
  const points = Array.from({ length: 40 }, (_, i) => `${(i % 3) * 9} ${(i % 5) * 9} ${(i % 7) * 9} 0 0 1`)
  const axes = ['x', 'y', 'z', 'nx', 'ny', 'nz'].map((axis) => `property float ${axis}`)
  const header = ['ply', 'format ascii 1.0', `element vertex ${points.length}`, ...axes, 'end_header']
  const scan = readPly(bytesOf([...header, ...points, ''].join('\n')))
  const params = matchSurface.params.parse({})
  const { data } = await runSurface({ model_file: scan, scene_file: scan }, params, testContext())
  expect(data.num_scene_points).toBe(points.length)
})

describe('names that objects have by themselves', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

  test.each(names)('%s as a setting is no setting, and changes no other object', async (name) => {
    const { app } = service()
    const headers = { 'content-type': 'application/json' }
    const body = `{"${name}":{"threshold":0.1,"isAdmin":true}}`
    const { status } = await app.request('/api/v1/settings/template', { method: 'PUT', headers, body })
    const read = await (await app.request('/api/v1/settings/template')).json()
    expect([status === 422 || status === 200, read.params.threshold]).toEqual([true, 0.8])
    expect('isAdmin' in {}).toBe(false)
  })

  test.each(names)('%s as a field of a form is refused like any that a tool does not have', async (name) => {
    const { app } = service()
    const response = await app.request(RUN, form({ ...pictures, [`${name}`]: '1' }))
    expect([response.status, await response.json()]).toMatchObject([422, { detail: [{ type: 'extra_forbidden' }] }])
  })
})
