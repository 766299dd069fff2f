/** Protocol Buffers wire format, as much of it as ONNX needs. A message is its fields, one after another. */

const VARINT = 0
const LENGTH_DELIMITED = 2
const FIXED_32 = 5

function varint(value: number | bigint): Buffer {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value)) // negative numbers take ten bytes
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}

export const intField = (field: number, value: number | bigint): Buffer =>
  Buffer.concat([varint((field << 3) | VARINT), varint(value)])

export const bytesField = (field: number, value: string | Uint8Array): Buffer => {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value
  return Buffer.concat([varint((field << 3) | LENGTH_DELIMITED), varint(bytes.length), bytes])
}

export const messageField = (field: number, parts: readonly Uint8Array[]): Buffer =>
  bytesField(field, Buffer.concat(parts))

export function floatField(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return Buffer.concat([varint((field << 3) | FIXED_32), bytes])
}
