import { createClient, DarkroomError, type ToolFiles, type ToolName } from '../../client/client'
import type { Outcome } from '../../core/errors'
import { withNames } from '../../server/api/contracts/chain'
import type { InputFile } from '../input-file'
import type { Done, Engine, Run, RunOptions } from './engine'

interface Server {
  readonly server: string
  readonly key: string | undefined
}

const LANES = 4 // one is computed while others are on their way; the server has a queue of its own

/** Has a server run tools: files are sent to it, and its results fetched. */
export function remoteEngine(server: Server): Engine {
  const client = createClient(server)
  return { lanes: LANES, run: (run, options) => runOn(client, run, options), close: async () => {} }
}

async function runOn(
  client: ReturnType<typeof createClient>,
  { spec, params, files }: Run,
  { signal, onProgress }: RunOptions,
): Promise<Outcome<Done>> {
  try {
    const sent = Object.entries(files).map(async ([slot, file]) => [slot, await uploadOf(file)] as const)
    const uploads: unknown = Object.fromEntries(await Promise.all(sent))
    // Of a tool that is known only now: the server checks what the types of the client would have.
    const task = await client.tools.run(spec.tool as ToolName, uploads as ToolFiles<ToolName>, params, {
      signal,
      onProgress: ({ done, total }) => onProgress(total > 0 ? done / total : 0),
    })
    const made = task.result_files.map(async (path) => ({
      name: decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)),
      bytes: new Uint8Array(await (await client.file(path, signal)).arrayBuffer()),
    }))
    const { result_data, ran, took_ms } = task
    const data = withNames(result_data as Record<string, unknown>)
    return { ok: true, value: { data, files: await Promise.all(made), ran, seconds: (took_ms ?? 0) / 1000 } }
  } catch (error) {
    if (signal.aborted) return { ok: false, code: 'canceled', message: 'Canceled', issues: [] }
    if (!(error instanceof DarkroomError)) throw error
    return { ok: false, code: 'unavailable', message: error.message, issues: [] }
  }
}

const uploadOf = async (file: InputFile) => ({ name: file.name, content: await file.blob() })
