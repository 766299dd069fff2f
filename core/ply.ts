import type { PointCloud } from './cloud'
import { ToolError } from './errors'
import { plyBinary } from './ply-binary'
import { type PlyElement, type PlyScalar, plyHeader } from './ply-header'
import { type PlyValues, plyText } from './ply-text'

/** Points kept of a larger file, evenly over its length. */
const MOST_POINTS = 1_000_000

/** Of a point from the first: beyond that, squares of distances are no longer finite in 32 bits. */
const FARTHEST = 1e18

const PLACES = ['x', 'y', 'z'] as const
const NORMALS = ['nx', 'ny', 'nz'] as const

/**
 * Reads the points and normals of a PLY file: ascii or binary, either byte order, properties in any order and of any
 * type. Everything else in it is checked for its length and left out.
 *
 * Memory beyond the file is bounded: of more than a million points, a million are kept, evenly.
 *
 * @throws ToolError unreadable when it is not PLY, is cut short, or holds something other than finite numbers
 * @see Turk, "The PLY polygon file format", 1994
 */
export function readPly(bytes: Uint8Array<ArrayBuffer>, mostPoints = MOST_POINTS): PointCloud {
  const header = plyHeader(bytes)
  const vertex = header.elements.find(({ name }) => name === 'vertex')
  if (!vertex) throw unreadable('The header names no element "vertex", so the file has no points')
  if (vertex.count === 0) throw unreadable('The file has no points')
  const columns = columnsOf(vertex)
  const values = header.format === 'ascii' ? plyText(bytes, header) : plyBinary(bytes, header)
  let cloud: PointCloud | undefined
  for (const element of header.elements) {
    if (element === vertex) cloud = readPoints(values, vertex, columns, mostPoints)
    else skip(values, element, vertex.count)
  }
  values.end()
  if (!cloud) throw unreadable('The file has no points')
  return cloud
}

/** Whether a file says of itself that it is PLY. */
export const isPly = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(0, 3)) === 'ply'

const unreadable = (message: string) => new ToolError('unreadable', message)

interface Columns {
  readonly places: readonly number[]
  /** Empty when the file has no normals. */
  readonly normals: readonly number[]
}

function columnsOf({ properties }: PlyElement): Columns {
  const column = (name: string) => properties.findIndex((property) => property.name === name && !property.countType)
  const places = PLACES.map(column)
  const missing = PLACES.filter((_, axis) => places[axis] === -1)
  if (missing.length > 0) throw unreadable(`The points have no ${missing.join(', ')}; x, y and z are needed`)
  const normals = NORMALS.map(column)
  return { places, normals: normals.includes(-1) ? [] : normals }
}

function readPoints(values: PlyValues, element: PlyElement, columns: Columns, most: number): PointCloud {
  const total = element.count
  const count = Math.min(total, most)
  const row = new Float64Array(element.properties.length)
  const positions = new Float32Array(count * 3)
  const normals = columns.normals.length > 0 ? new Float32Array(count * 3) : null
  let origin: [number, number, number] = [0, 0, 0]
  let firstZeroNormal: number | null = null
  for (let i = 0, kept = 0; i < total; i++) {
    readRow(values, element, row, i)
    const wrong = unfit(row, columns)
    if (wrong) throw unreadable(`Point ${i + 1}: ${wrong}`)
    if (i === 0) origin = [row[columns.places[0]], row[columns.places[1]], row[columns.places[2]]]
    if (columns.places.some((column, axis) => Math.abs(row[column] - origin[axis]) > FARTHEST)) {
      throw unreadable(`Point ${i + 1} is more than ${FARTHEST} away from the first point: no scale fits both`)
    }
    const hasDirection = !normals || setNormal(row, columns.normals, normals, kept * 3)
    if (!hasDirection) firstZeroNormal ??= i + 1
    if (Math.floor(((i + 1) * count) / total) === kept) continue
    for (let axis = 0; axis < 3; axis++) positions[kept * 3 + axis] = row[columns.places[axis]] - origin[axis]
    kept++
  }
  return { count, positions, normals, origin, total, firstZeroNormal }
}

/** @returns what is wrong with the point, if anything */
function unfit(row: Float64Array, { places, normals }: Columns): string | undefined {
  for (let axis = 0; axis < 3; axis++) {
    if (!Number.isFinite(row[places[axis]])) return `${PLACES[axis]} is not a finite number`
    if (normals.length > 0 && !Number.isFinite(row[normals[axis]])) return `${NORMALS[axis]} is not a finite number`
  }
  return undefined
}

/** @returns false when the normal has no length, and so no direction */
function setNormal(row: Float64Array, columns: readonly number[], out: Float32Array, at: number): boolean {
  const length = Math.hypot(row[columns[0]], row[columns[1]], row[columns[2]])
  for (let axis = 0; axis < 3; axis++) out[at + axis] = length > 0 ? row[columns[axis]] / length : 0
  return length > 0
}

function readRow(values: PlyValues, element: PlyElement, row: Float64Array, index: number) {
  for (let p = 0; p < element.properties.length; p++) {
    const { countType, type } = element.properties[p]
    if (countType) row[p] = skipList(values, countType, type, element.name, index)
    else row[p] = values.next(type)
  }
  values.endRow(element.name, index)
}

function skip(values: PlyValues, element: PlyElement, points: number) {
  if (element.properties.length === 0) return // takes no room, whatever its count
  const corners = element.name === 'face' ? points : Infinity
  for (let i = 0; i < element.count; i++) {
    for (const { countType, type, name } of element.properties) {
      if (!countType) values.next(type)
      else if (/^vertex_ind(ex|ices)$/.test(name)) skipList(values, countType, type, element.name, i, corners)
      else skipList(values, countType, type, element.name, i)
    }
    values.endRow(element.name, i)
  }
}

/** @param below what every entry must be below: a list of wrong length shows as entries that point nowhere */
function skipList(
  values: PlyValues,
  countType: PlyScalar,
  type: PlyScalar,
  element: string,
  index: number,
  below = Infinity,
): number {
  const length = values.next(countType)
  if (!Number.isInteger(length) || length < 0) {
    throw unreadable(`The list of ${element} ${index + 1} says that it has ${length} entries`)
  }
  if (length > values.left(type)) {
    throw unreadable(`The list of ${element} ${index + 1} says that it has ${length} entries, more than the file holds`)
  }
  for (let k = 0; k < length; k++) {
    const entry = values.next(type)
    if (entry >= below || (entry < 0 && below !== Infinity)) {
      throw unreadable(`The list of ${element} ${index + 1} names point ${entry}, but there are only ${below} points`)
    }
  }
  return length
}
