import { readHeader } from '../core/image-header'
import { isPly } from '../core/ply'
import { plyHeader } from '../core/ply-header'
import type { Size } from '../core/raster'

const HEAD_BYTES = 256 * 1024 // holds the size of nearly every file: JPEG has its EXIF, thumbnail and profile before it
const UNKNOWN: Size = { width: 1, height: 1 }

const known = new WeakMap<Blob, Promise<Size>>()

/** Width and height of each picture as stored, points × 1 of each cloud, from its header; 1×1 for a file that is neither. */
export async function fileSizes(files: Readonly<Record<string, Blob>>): Promise<Record<string, Size>> {
  const sizes = Object.entries(files).map(async ([slot, file]) => [slot, await fileSize(file)] as const)
  return Object.fromEntries(await Promise.all(sizes))
}

function fileSize(file: Blob): Promise<Size> {
  const size = known.get(file) ?? readSize(file).catch(() => UNKNOWN)
  known.set(file, size)
  return size
}

async function readSize(file: Blob): Promise<Size> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
  if (isPly(head)) return cloudSize(head)
  const early = readHeader(head)
  const header = early || file.size <= HEAD_BYTES ? early : readHeader(new Uint8Array(await file.arrayBuffer()))
  return header ? { width: header.width, height: header.height } : UNKNOWN
}

function cloudSize(head: Uint8Array): Size {
  const vertex = plyHeader(head).elements.find(({ name }) => name === 'vertex')
  return vertex ? { width: vertex.count, height: 1 } : UNKNOWN
}
