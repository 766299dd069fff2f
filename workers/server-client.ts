import { ToolError } from '../core/errors'
import type { Size } from '../core/raster'
import { withNames } from '../server/api/contracts/chain'
import { TaskObject } from '../server/api/contracts/matching'
import { whileBusy } from './busy'
import { canceled } from './client'
import { refusal, toErrorCode } from './refusal'
import type { RunOutcome, RunRequest } from './runner'
import { followTask } from './task-progress'
import { toServer } from './to-server'
import { upload } from './upload'

/** Sends the files, follows the task to its end and fetches what it made. An abort cancels the task there too. */
export async function runOnServer(
  request: RunRequest,
  sizes: Readonly<Record<string, Size>>,
  onSent: (imageBytes: number) => void,
): Promise<Omit<RunOutcome, 'decision'>> {
  const { signal, onProgress } = request
  const queued = TaskObject.parse(await upload(request, onSent))
  const stop = () => void cancel(queued.uid)
  signal.addEventListener('abort', stop, { once: true })
  try {
    const task = await followTask(queued, signal, (progress) => onProgress({ ...progress, place: 'server' }))
    return await collect(task, sizes, request)
  } catch (error) {
    throw signal.aborted ? canceled() : error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

async function cancel(uid: string): Promise<void> {
  // The run has ended for the user already; a task that cannot be reached expires on the server.
  await fetch(`/api/v1/tasks/${uid}`, { method: 'DELETE', headers: toServer }).catch(() => {})
}

async function collect(
  task: TaskObject,
  sizes: Readonly<Record<string, Size>>,
  { signal, onProgress }: RunRequest,
): Promise<Omit<RunOutcome, 'decision'>> {
  if (task.status === 'error' || !task.ran || !task.timings) {
    throw new ToolError(toErrorCode(task.error_code), task.error ?? 'The server run failed')
  }
  const files: RunOutcome['files'][number][] = []
  for (const path of task.result_files) {
    onProgress({ phase: 'downloading', done: files.length, total: task.result_files.length, place: 'server' })
    files.push(await download(path, signal))
  }
  const { model_load, ...timings } = task.timings
  return {
    data: withNames(task.result_data),
    files,
    sizes,
    ran: task.ran,
    timings: { ...timings, modelLoad: model_load },
  }
}

const download = (path: string, signal: AbortSignal): Promise<RunOutcome['files'][number]> =>
  whileBusy(async () => {
    const response = await fetch(`/${path}`, { headers: toServer, signal })
    if (!response.ok) throw await refusal(response)
    const blob = await response.blob()
    return { name: path.slice(path.lastIndexOf('/') + 1), type: blob.type, blob }
  }, signal)
