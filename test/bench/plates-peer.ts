import { availableParallelism } from 'node:os'
import * as ort from 'onnxruntime-node'
import type { ModelRunner, Tensor } from '../../core/ports'
import { type Detector, darkroomPlates } from '../../operators/cover-plates/detect'
import type { Detection } from '../../operators/cover-plates/nms'

const FIELDS = 15 // cx cy w h obj, eight corner numbers, single-row, double-row

/** HyperLPR's y5fu: one 640 × 640 picture in the middle of black; its rows are decoded to input pixels already. */
export async function openPeer(path: string): Promise<{ detector: Detector; models: ModelRunner }> {
  const session = await ort.InferenceSession.create(path, { intraOpNumThreads: availableParallelism() })
  const detector: Detector = {
    model: 'peer',
    input: 'input',
    preprocess: { ...darkroomPlates.preprocess, anchor: 'center', pad: 0 },
    decode: (outputs, lowest) => [decode(Object.values(outputs)[0], lowest)],
  }
  return { detector, models: runnerOf(session) }
}

const runnerOf = (session: ort.InferenceSession): ModelRunner => ({
  has: async () => true,
  backend: () => ({ name: 'CPU' }),
  loadMs: () => 0,
  run: async (_, { input }) => {
    const outputs = await session.run({ input: new ort.Tensor('float32', input.data as Float32Array, input.dims) })
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { dims, data }]) => [
        name,
        { dims, data: data as Float32Array<ArrayBuffer> },
      ]),
    )
  },
})

function decode({ data }: Tensor, lowest: number): Detection[] {
  const rows = data as Float32Array
  const found: Detection[] = []
  for (let at = 0; at < rows.length; at += FIELDS) {
    const score = rows[at + 4] * Math.max(rows[at + 13], rows[at + 14])
    if (score >= lowest) found.push({ score, quad: [...rows.subarray(at + 5, at + 13)] })
  }
  return found.sort((a, b) => b.score - a.score).slice(0, 300)
}
