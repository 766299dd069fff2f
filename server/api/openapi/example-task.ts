import type { Spec } from '../../../core/operator'
import type { TaskObject } from '../contracts/matching'

const UID = 'd83ae21c-94bc-4a11-b3f7-1a2b3c4d5e6f'
const TIME = '2026-03-25T12:00:00.000+00:00'

/** A task of this tool as its POST answers it. */
export function exampleTask(spec: Spec): TaskObject {
  const names = spec.inputs.map(({ name }) => `${name}.png`)
  return {
    uid: UID,
    status: 'queued',
    tool: spec.tool,
    params: spec.params.parse({}),
    created_at: TIME,
    updated_at: TIME,
    input_files: names.map((name) => `uploads/${UID}/${name}`),
    thumbnails: names.map((name) => `thumbnails/${UID}/${name}`),
    result_files: [],
    result_data: {},
    error: null,
    error_code: null,
    progress: null,
    attempts: 0,
    ran: null,
    timings: null,
    took_ms: null,
  }
}
