import type { Size } from '../../../core/raster'
import { ensureBytes, Layout } from '../../../core/wasm'
import { kernels } from './kernel'

/** Thirds of a pixel that the deepest one may lie in the hole: about 7 pixels wide, as hair and thin letters are. */
const THIN = 10

/** The connected holes that are too wide to be filled with a membrane unseen: 1 byte a pixel; undefined when there is none. */
export function wideParts(hole: Uint8Array, { width, height }: Size): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const layout = new Layout()
  return kernels.use(0, async (kernel) => {
    layout.reserve(kernel.exports.heapBase.value)
    const at = layout.reserve(hole.length)
    const depthAt = layout.reserve(hole.length)
    ensureBytes(kernel, layout.bytes)
    new Uint8Array(kernel.memory.buffer, at, hole.length).set(hole)
    kernel.exports.distances(at, width, height, depthAt)
    const depth = new Uint8Array(kernel.memory.buffer, depthAt, hole.length)
    return connected(hole, width, (i) => depth[i] > THIN)
  })
}

/** The connected holes, by their four neighbours, in which a pixel passes the test. */
function connected(hole: Uint8Array, width: number, test: (i: number) => boolean): Uint8Array<ArrayBuffer> | undefined {
  const part = new Uint8Array(hole.length)
  const waiting: number[] = []
  const visit = (i: number) => {
    if (!hole[i] || part[i]) return
    part[i] = 1
    waiting.push(i)
  }
  let any = false
  for (let start = 0; start < hole.length; start++) {
    if (!hole[start] || part[start] || !test(start)) continue
    any = true
    visit(start)
    for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
      if (i % width > 0) visit(i - 1)
      if (i % width < width - 1) visit(i + 1)
      visit(i - width)
      visit(i + width)
    }
  }
  return any ? part : undefined
}
