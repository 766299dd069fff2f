import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Raster } from '../../core/raster'
import { openLibrary } from '../../server/models/library'

const MODEL = 'nsfwjs-mobilenet-v2-mid'
const SIDE = 224
const LAYERS = [
  'Conv',
  'expanded_conv_1/expand',
  'expanded_conv_3/expand',
  'expanded_conv_6/expand',
  'expanded_conv_13/expand',
]

export type FeatureDistance = (a: Raster, b: Raster) => Promise<number>

/**
 * How unlike two pictures look to a network: the squared distance of MobileNetV2's activations, each scaled to length 1
 * over the channels, mean over the positions, sum over five layers. 0 and up: lower is better. As LPIPS, but without
 * its learned weights and on another network (nsfwjs's MobileNetV2, the one of the registry that knows photographs): not
 * to be compared with published LPIPS.
 *
 * Pictures are seen at full size, in tiles of 224 × 224.
 *
 * @returns undefined for where the model is not installed
 * @see Zhang, Isola, Efros, Shechtman & Wang, "The unreasonable effectiveness of deep features as a perceptual metric", 2018
 */
export async function featureDistance(): Promise<FeatureDistance | undefined> {
  const library = openLibrary({
    cache: join('.build', 'models'),
    folder: undefined,
    acceptLicences: [],
    fetchDefaults: false,
  })
  if ((await library.state(MODEL)).state !== 'installed') return undefined
  const bytes = readFileSync(join(await library.path(MODEL), `${MODEL}.onnx`))
  const names = activations(bytes)
  const session = await InferenceSession.create(withOutputs(bytes, names), { intraOpNumThreads: 1 })
  return async (a, b) => {
    let [sum, count] = [0, 0]
    for (const x of starts(a.width)) {
      for (const y of starts(a.height)) {
        const data = new Float32Array(2 * SIDE * SIDE * 3)
        data.set(tile(a, x, y))
        data.set(tile(b, x, y), data.length / 2)
        const answers = await session.run({ [session.inputNames[0]]: new Tensor('float32', data, [2, SIDE, SIDE, 3]) })
        for (const name of names) sum += layerDistance(answers[name])
        count++
      }
    }
    return sum / count
  }
}

/** Where tiles begin, the last one flush with the end. */
function starts(length: number): number[] {
  if (length < SIDE) throw new Error(`Pictures have to have ${SIDE} pixels a side`)
  const count = Math.ceil(length / SIDE)
  return Array.from({ length: count }, (_, i) => (count > 1 ? Math.round((i * (length - SIDE)) / (count - 1)) : 0))
}

function tile({ width, data }: Raster, left: number, top: number): Float32Array {
  const out = new Float32Array(SIDE * SIDE * 3)
  for (let i = 0; i < SIDE * SIDE; i++) {
    const at = 4 * ((top + Math.floor(i / SIDE)) * width + left + (i % SIDE))
    for (let c = 0; c < 3; c++) out[3 * i + c] = data[at + c] / 255
  }
  return out
}

/** Of the two pictures of a batch, N × H × W × C. */
function layerDistance({ dims, data }: Tensor): number {
  const values = data as Float32Array
  const [, rows, columns, channels] = dims
  const half = rows * columns * channels
  let sum = 0
  for (let start = 0; start < half; start += channels) {
    let [aa, bb, ab] = [TINY, TINY, 0]
    for (let i = start; i < start + channels; i++) {
      const [a, b] = [values[i], values[i + half]]
      aa += a * a
      bb += b * b
      ab += a * b
    }
    sum += 2 - (2 * ab + 2 * TINY) / Math.sqrt(aa * bb)
  }
  return sum / (rows * columns)
}

const TINY = 1e-10 // a position where nothing is active is like another such

/** What the layers' activation functions give: the first clipped values on the way on from their weights. */
function activations(model: Uint8Array): string[] {
  const nodes = fields(first(fields(model), GRAPH))
    .filter(({ number }) => number === NODE.own)
    .map(({ bytes }) => fields(bytes))
  const named = (node: readonly Field[], number: number) =>
    node.filter((field) => field.number === number).map(({ bytes }) => Buffer.from(bytes).toString())
  const after = (test: (input: string) => boolean) => nodes.find((node) => named(node, NODE.input).some(test))
  return LAYERS.map((layer) => {
    let node = after((input) => input.endsWith(`MobilenetV2/${layer}/Relu6 kernel`))
    while (node && named(node, NODE.type)[0] !== 'Clip') {
      const [output] = named(node, NODE.output)
      node = after((input) => input === output)
    }
    if (!node) throw new Error(`${MODEL} has no layer ${layer}`)
    return named(node, NODE.output)[0]
  })
}

const NODE = { own: 1, input: 1, output: 2, type: 4 } // of GraphProto and NodeProto, onnx.proto
const GRAPH = 7 // of ModelProto, onnx.proto
const OUTPUT = 12 // of GraphProto

/** The same model with more outputs: parts of a message that come later are merged into it. */
function withOutputs(model: Uint8Array, names: readonly string[]): Uint8Array {
  const outputs = names.map((name) => field(OUTPUT, field(1, Buffer.from(name))))
  return Buffer.concat([model, field(GRAPH, Buffer.concat(outputs))])
}

interface Field {
  readonly number: number
  readonly bytes: Uint8Array
}

const BYTES = 2 // wire type: with a length before it

/** The fields with bytes of a Protocol Buffers message. */
function fields(message: Uint8Array): Field[] {
  const found: Field[] = []
  let at = 0
  const varint = () => {
    let [value, scale] = [0, 1]
    for (;;) {
      const byte = message[at++]
      value += (byte & 127) * scale
      if (byte < 128) return value
      scale *= 128
    }
  }
  while (at < message.length) {
    const tag = varint()
    if (tag % 8 === BYTES) {
      const length = varint()
      found.push({ number: tag >> 3, bytes: message.subarray(at, at + length) })
      at += length
    } else if (tag % 8 === 0) varint()
    else at += tag % 8 === 1 ? 8 : 4
  }
  return found
}

function first(list: readonly Field[], number: number): Uint8Array {
  const found = list.find((field) => field.number === number)
  if (!found) throw new Error('This is no ONNX file')
  return found.bytes
}

function field(number: number, bytes: Uint8Array): Uint8Array {
  const head = [(number << 3) | BYTES]
  for (let left = bytes.length; ; left >>>= 7) {
    head.push(left > 127 ? (left & 127) | 128 : left)
    if (left <= 127) return Buffer.concat([Buffer.from(head), bytes])
  }
}
