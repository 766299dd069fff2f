import { availableParallelism, totalmem } from 'node:os'
import { failure, type Outcome, unwrap } from '../../core/errors'
import { ComputePool } from '../../server/compute/pool'
import type { Config } from '../../server/config'
import type { Done, Engine, Run, RunOptions } from './engine'

const MODEL_SHARE = 0.25 // of the machine's memory, for open models of all processes
const LEAST_MODEL_BYTES = 256e6

/**
 * Runs tools in child processes, as the server does. Nothing of a picture is sent anywhere or stored.
 *
 * @param lanes runs at once; they share the cores
 */
export function localEngine(config: Config, lanes: number): Engine {
  const cores = Math.max(1, Math.floor(availableParallelism() / lanes))
  const pool = new ComputePool({
    runs: lanes,
    inspections: 0,
    settings: {
      dataDir: config.dataDir,
      pixels: config.pixels,
      logLevel: config.logLevel,
      models: {
        library: config.models,
        device: config.device,
        threads: cores,
        memoryBytes: Math.max(LEAST_MODEL_BYTES, (totalmem() * MODEL_SHARE) / lanes),
      },
      modelBatch: config.modelBatch,
      plateCover: config.plateCover,
      receiptKey: config.receiptKey,
    },
  })
  return { lanes, run: (run, options) => runIn(pool, run, cores, options), close: () => pool.close() }
}

async function runIn(
  pool: ComputePool,
  { spec, params, files }: Run,
  cores: number,
  { signal, onProgress }: RunOptions,
): Promise<Outcome<Done>> {
  try {
    const read = Object.entries(files).map(async ([slot, file]) => [slot, await file.read()] as const)
    const inputs = Object.fromEntries(await Promise.all(read))
    const start = performance.now()
    const [outcome] = await pool.call(
      { kind: 'compute', calls: [{ tool: spec.id, params, inputs }], cores },
      { signal, onProgress: ({ done, total }) => onProgress(total > 0 ? done / total : 0) },
    )
    const { data, files: made, ran } = unwrap(outcome)
    return { ok: true, value: { data, files: made, ran, seconds: (performance.now() - start) / 1000 } }
  } catch (error) {
    return failure(error, console.error)
  }
}
