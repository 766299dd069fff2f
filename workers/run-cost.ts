import type { Cost, Spec } from '../core/operator'
import type { Size } from '../core/raster'
import { fileSizes } from './file-sizes'

const RGBA_BYTES = 4

interface Planned {
  readonly spec: Spec
  readonly files: Readonly<Record<string, Blob>>
  readonly params: unknown
}

/** What the tool says, and its decoded inputs. Params that are wrong cost what the defaults cost: the run will say so. */
export async function costOf({ spec, files, params }: Planned): Promise<Cost> {
  const sizes = await fileSizes(files)
  const parsed = spec.params.safeParse(params)
  const cost = spec.cost(withEverySlot(spec, sizes), parsed.success ? parsed.data : spec.params.parse({}))
  const decoded = Object.values(sizes).reduce((sum, { width, height }) => sum + width * height * RGBA_BYTES, 0)
  return { seconds: cost.seconds, bytes: cost.bytes + decoded }
}

/** A question may come before all files are there. */
function withEverySlot(spec: Spec, sizes: Record<string, Size>): Record<string, Size> {
  return Object.fromEntries(spec.inputs.map(({ name }) => [name, sizes[name] ?? { width: 1, height: 1 }]))
}
