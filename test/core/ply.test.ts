import { describe, expect, test } from 'vitest'
import { readPly } from '../../core/ply'

/** The bytes of a header and what follows it. */
function file(header: readonly string[], body: string | Uint8Array = '', lineBreak = '\n'): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(['ply', ...header, 'end_header', ''].join(lineBreak))
  const data = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const bytes = new Uint8Array(head.length + data.length)
  bytes.set(head)
  bytes.set(data, head.length)
  return bytes
}

const XYZ = ['property float x', 'property float y', 'property float z']
const NORMAL = ['property float nx', 'property float ny', 'property float nz']
const ascii = (count: number, properties: readonly string[], body: string, rest: readonly string[] = []) =>
  file(['format ascii 1.0', `element vertex ${count}`, ...properties, ...rest], body)

describe('an ascii file', () => {
  test('gives points and normals of length 1', () => {
    const { count, positions, normals } = readPly(ascii(2, [...XYZ, ...NORMAL], '0 0 0 0 0 2\n1 -2.5 3e2 0 -3 4\n'))
    expect(count).toBe(2)
    expect([...positions]).toEqual([0, 0, 0, 1, -2.5, 300])
    expect([...(normals ?? [])].map((v) => Math.round(v * 1e6) / 1e6)).toEqual([0, 0, 1, 0, -0.6, 0.8])
  })

  test('may have its properties in any order, with others among them', () => {
    const mixed = [
      'property uchar red',
      XYZ[2],
      'property list uchar int marks',
      XYZ[0],
      'property double weight',
      XYZ[1],
    ]
    const { positions } = readPly(ascii(2, mixed, '9 0 0 0 .5 0\n255 3 2 7 7 1 0.25 2\n'))
    expect([...positions]).toEqual([0, 0, 0, 1, 2, 3])
  })

  test('may have comments, Windows line breaks and blank lines', () => {
    const header = ['format ascii 1.0', 'comment made by hand', 'obj_info x', 'element vertex 2', ...XYZ]
    expect(readPly(file(header, '0 0 0\r\n\r\n1 2 3\r\n', '\r\n')).count).toBe(2)
  })

  test('keeps what points far from zero differ by', () => {
    const { positions, origin } = readPly(ascii(2, XYZ, '5000000.125 0 0\n5000000.25 0 0\n'))
    expect(origin).toEqual([5000000.125, 0, 0])
    expect([...positions]).toEqual([0, 0, 0, 0.125, 0, 0])
  })

  test('reads every digit as Number does', () => {
    const words = [
      '0.1',
      '-0.30000000000000004',
      '123456789012345678',
      '1e-7',
      '.5',
      '5.',
      '+2',
      '9007199254740993',
      '2.5e+3',
    ]
    const doubles = ['property double x', 'property double y', 'property double z']
    for (const word of words) {
      expect(readPly(ascii(1, doubles, `${word} 0 0\n`)).origin[0]).toBe(Number(word))
    }
  })
})

describe.each([
  ['binary_little_endian', true],
  ['binary_big_endian', false],
] as const)('a %s file', (format, little) => {
  test('is read whatever the types, faces left out', () => {
    const header = [
      `format ${format} 1.0`,
      'element face 1',
      'property list uint8 int32 vertex_indices',
      'element vertex 2',
      'property double x',
      'property short y',
      'property uchar z',
    ]
    const view = new DataView(new ArrayBuffer(13 + 2 * 11))
    view.setUint8(0, 3)
    for (const k of [0, 1, 2]) view.setInt32(1 + 4 * k, k % 2, little)
    for (const [k, [x, y, z]] of [[0, 0, 0] as const, [1.5, -300, 200] as const].entries()) {
      view.setFloat64(13 + 11 * k, x, little)
      view.setInt16(21 + 11 * k, y, little)
      view.setUint8(23 + 11 * k, z)
    }
    const { positions, normals } = readPly(file(header, new Uint8Array(view.buffer)))
    expect([...positions]).toEqual([0, 0, 0, 1.5, -300, 200])
    expect(normals).toBeNull()
  })

  test('is refused when a face list lies about its length', () => {
    const header = [
      `format ${format} 1.0`,
      'element vertex 1',
      ...XYZ,
      'element face 1',
      'property list uchar int vertex_index',
    ]
    const faces = (length: number, entries: number) => {
      const body = new Uint8Array(12 + 1 + 4 * entries)
      body[12] = length
      return file(header, body)
    }
    expect(() => readPly(faces(3, 3))).not.toThrow()
    expect(() => readPly(faces(255, 3))).toThrow(
      'The list of face 1 says that it has 255 entries, more than the file holds',
    )
    expect(() => readPly(faces(2, 6))).toThrow('16 bytes follow the last element')
  })

  test('is refused when it is cut short, before anything is allocated', () => {
    const header = [`format ${format} 1.0`, 'element vertex 4000000000', ...XYZ]
    expect(() => readPly(file(header, new Uint8Array(24)))).toThrow(
      'The header promises at least 48000000000 bytes of data, but 24 follow: the file is cut short',
    )
  })
})

describe('refuses, saying why,', () => {
  const refusals: [what: string, bytes: Uint8Array<ArrayBuffer>, sentence: string][] = [
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'This is not a PLY file'],
    ['an empty file', new Uint8Array(0), 'This is not a PLY file'],
    ['no points', ascii(0, XYZ, ''), 'The file has no points'],
    ['no vertex element', file(['format ascii 1.0', 'element face 0'], ''), 'The header names no element "vertex"'],
    ['no z', ascii(1, XYZ.slice(0, 2), '1 2\n'), 'The points have no z; x, y and z are needed'],
    ['NaN', ascii(2, XYZ, '0 0 0\n1 nan 3\n'), 'Point 2: y is not a finite number'],
    ['infinity', ascii(1, XYZ, '-inf 2 3\n'), 'Point 1: x is not a finite number'],
    ['NaN in a normal', ascii(1, [...XYZ, ...NORMAL], '1 2 3 0 0 nan\n'), 'Point 1: nz is not a finite number'],
    ['text', ascii(2, XYZ, '0 0 0\n1 two 3\n'), 'Line 9: "two" stands where a number should be'],
    ['a line too short', ascii(2, XYZ, '0 0 0\n1 2\n3 3 3 3\n'), 'Line 9 has fewer values'],
    ['a line too long', ascii(2, XYZ, '0 0 0 0\n1 2 3\n'), 'Line 8 has more values'],
    ['too few lines', ascii(2, XYZ, '0.00001 0.00001 0.00001\n'), 'The file ends at line 9'],
    ['too many lines', ascii(1, XYZ, '0 0 0\n1 2 3\n'), 'Data goes on at line 9'],
    ['a count beyond the file', ascii(1e9, XYZ, '0 0 0\n'), 'The header promises more values'],
    ['an unknown type', ascii(1, ['property real x'], ''), 'a property needs a known type and a name'],
    ['an unknown format', file(['format csv 1.0', 'element vertex 1', ...XYZ]), '"csv" is no format of PLY'],
    ['no format', file(['element vertex 1', ...XYZ]), 'The PLY header has no line "format"'],
    [
      'a negative count',
      file(['format ascii 1.0', 'element vertex -1', ...XYZ]),
      'an element needs a name and a count',
    ],
    ['a header without end', new TextEncoder().encode('ply\nformat ascii 1.0\n'), 'The PLY header does not end'],
  ]
  test.each(refusals)('%s', (_, bytes, sentence) => expect(() => readPly(bytes)).toThrow(sentence))

  test('an ascii face list that lies about its length', () => {
    const face = ['element face 1', 'property list uchar int vertex_indices']
    expect(() => readPly(ascii(1, XYZ, '1 2 3\n3 0 0 0\n', face))).not.toThrow()
    expect(() => readPly(ascii(1, XYZ, '1 2 3\n9 0 0 0\n', face))).toThrow('more than the file holds')
    expect(() => readPly(ascii(1, XYZ, '1 2 3\n4 0 0 0        \n', face))).toThrow('Line 11 has fewer values')
    expect(() => readPly(ascii(1, XYZ, '1 2 3\n2 0 0 0\n', face))).toThrow('Line 11 has more values')
    expect(() => readPly(ascii(1, XYZ, '1 2 3\n3 0 7 0\n', face))).toThrow('names point 7, but there are only 1 points')
  })
})

test('says which normal has no length, and leaves the verdict to the tool', () => {
  const body = '0 0 0 0 0 1\n0 0 0 0 0 0\n0 0 0 0 0 0\n'
  expect(readPly(ascii(3, [...XYZ, ...NORMAL], body)).firstZeroNormal).toBe(2)
  expect(readPly(ascii(1, [...XYZ, ...NORMAL], '0 0 0 0 0 1\n')).firstZeroNormal).toBeNull()
})

test('keeps points of a large file evenly, within the limit', () => {
  const body = Array.from({ length: 1000 }, (_, i) => `${i} 0 0\n`).join('')
  const { count, total, positions } = readPly(ascii(1000, XYZ, body), 10)
  expect([count, total]).toEqual([10, 1000])
  expect(positions).toHaveLength(30)
  const gaps = Array.from({ length: 9 }, (_, k) => positions[3 * k + 3] - positions[3 * k])
  expect(new Set(gaps)).toEqual(new Set([100]))
})
