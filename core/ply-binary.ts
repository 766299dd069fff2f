import { ToolError } from './errors'
import { type PlyElement, type PlyHeader, type PlyScalar, SCALAR_BYTES } from './ply-header'
import type { PlyValues } from './ply-text'

const MOST_TRAILING = 2 // a line break that some writers leave at the end

/** Binary data of either byte order. */
export function plyBinary(bytes: Uint8Array<ArrayBuffer>, { format, length, elements }: PlyHeader): PlyValues {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = format === 'binary_little_endian'
  let at = length
  // Refused before anything is allocated for it.
  const least = elements.reduce((sum, element) => sum + element.count * leastBytes(element), 0)
  if (least > bytes.length - length) {
    throw new ToolError(
      'unreadable',
      `The header promises at least ${least} bytes of data, but ${bytes.length - length} follow: the file is cut short`,
    )
  }
  return {
    next: (type) => {
      const from = at
      at += SCALAR_BYTES[type]
      if (at > bytes.length) throw new ToolError('unreadable', 'The file ends before all its elements: it is cut short')
      return read(view, type, from, little)
    },
    left: (type) => Math.floor((bytes.length - at) / SCALAR_BYTES[type]),
    endRow: () => {},
    end: () => {
      const more = bytes.length - at
      if (more > MOST_TRAILING) {
        throw new ToolError('unreadable', `${more} bytes follow the last element: the header or a list is wrong`)
      }
    },
  }
}

const leastBytes = ({ properties }: PlyElement) =>
  properties.reduce((sum, { type, countType }) => sum + SCALAR_BYTES[countType ?? type], 0)

function read(view: DataView, type: PlyScalar, at: number, little: boolean): number {
  switch (type) {
    case 'float32':
      return view.getFloat32(at, little)
    case 'float64':
      return view.getFloat64(at, little)
    case 'uint8':
      return view.getUint8(at)
    case 'int8':
      return view.getInt8(at)
    case 'uint16':
      return view.getUint16(at, little)
    case 'int16':
      return view.getInt16(at, little)
    case 'uint32':
      return view.getUint32(at, little)
    case 'int32':
      return view.getInt32(at, little)
  }
}
