import type { Raster, Size } from '../raster'
import { kernels } from './kernel'
import { planResize, prepareRows, resizeRows } from './resize-rows'

/** A picture at another size: by area when shrinking, bilinear when growing; colours count by their alpha. */
export async function resize(raster: Raster, { width, height }: Size): Promise<Raster> {
  const plan = planResize(raster, { width, height })
  const data = new Uint8ClampedArray(width * height * 4)
  await kernels.use(plan.bytes, async (kernel) => {
    const { exports, memory } = kernel
    prepareRows(kernel, plan)
    const made = new Uint8ClampedArray(memory.buffer, plan.at.out, width * 4)
    resizeRows(kernel, plan, raster, exports.addRowByAlpha, (y) => {
      exports.pixelsRow(plan.at.row, plan.at.out)
      data.set(made, y * width * 4)
    })
  })
  return { width, height, data }
}
