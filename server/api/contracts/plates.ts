import * as z from 'zod'
import { coverPlates } from '../../../operators/cover-plates/spec'
import { BatchData, type ItemResult } from '../batch'
import type { Task } from '../task'

/** The plates family's words for a task's states. */
const STATUS = {
  queued: 'pending',
  running: 'processing',
  succeeded: 'completed',
  failed: 'failed',
  canceled: 'failed',
} as const satisfies Record<Task['state'], string>

/** The fields that the form of this family names otherwise than the tool does. */
export const FILES = 'files'
export const COVER = 'cover'

const url = (description: string) =>
  z.string().meta({ description: `${description}, served by GET`, examples: [EXAMPLE] })
const EXAMPLE = '/tasks_storage/a1b2c3d4-e5f6-4890-a234-567890abcdef/output/covered_car.webp'

const { plates, residuals, residual_score, notes } = coverPlates.result.shape

export const CoveredFile = z
  .object({
    filename: z.string().meta({ description: 'Of the covered picture; of the upload where there is none' }),
    url: url('The covered picture').optional(),
    receipt_url: url('The receipt').optional(),
    error: z.string().optional().meta({ description: 'Why there is none, a sentence' }),
    error_code: z.string().optional().meta({ description: 'The same for programs, such as `unreadable`' }),
    plates: plates.optional(),
    residuals: residuals.optional(),
    residual_score: residual_score.optional(),
    notes: notes.optional(),
  })
  .meta({ title: 'Covered file' })
export type CoveredFile = z.infer<typeof CoveredFile>

export const PlateTask = z
  .object({
    task_id: z.guid(),
    status: z.enum(['pending', 'processing', 'completed', 'failed']),
    results: z
      .array(CoveredFile)
      .meta({ description: 'In the order of the uploads; while `processing` those that are covered already' }),
    error: z.string().optional().meta({ description: 'A sentence, when `status` is `failed`' }),
    progress: z
      .object({ done: z.number(), total: z.number() })
      .optional()
      .meta({ description: 'Files done, while `status` is `processing`' }),
  })
  .meta({ title: 'Plate task' })
export type PlateTask = z.infer<typeof PlateTask>

export const Accepted = z.object({ task_id: z.guid() }).meta({ title: 'Accepted plate task' })

/**
 * A task of this family, or of the same tool by another door.
 *
 * @param soFar what is covered already, while it runs
 */
export function toPlateTask(task: Task, soFar: readonly CoveredFile[] = []): PlateTask {
  const base = { task_id: task.uid, status: STATUS[task.state] }
  switch (task.state) {
    case 'queued':
      return { ...base, results: [] }
    case 'running':
      return { ...base, results: [...soFar], progress: task.progress }
    case 'failed':
      return { ...base, results: [], error: task.message }
    case 'canceled':
      return { ...base, results: [], error: 'Canceled on request' }
    case 'succeeded':
      return { ...base, results: itemsOf(task).map((item) => toFile(item, task.uid)) }
  }
}

function itemsOf({ data, files, inputs }: Extract<Task, { state: 'succeeded' }>): readonly ItemResult[] {
  const batch = BatchData.safeParse(data)
  if (batch.success) return batch.data.items
  return [{ name: inputs[0].name, files: files.map((key) => key.slice(key.lastIndexOf('/') + 1)), data }]
}

const Shown = coverPlates.result.pick({ plates: true, residuals: true, residual_score: true, notes: true })

/** Of one upload, when its part of the task has ended. */
export function toFile(item: ItemResult, uid: string): CoveredFile {
  if ('error' in item) return { filename: item.name, error: item.error, error_code: item.code }
  const receipt = item.files.find((name) => name.endsWith('.json'))
  const covered = item.files.find((name) => name !== receipt)
  return {
    filename: covered ?? item.name,
    ...(covered && { url: pathOf(uid, covered) }),
    ...(receipt && { receipt_url: pathOf(uid, receipt) }),
    ...Shown.parse(item.data),
  }
}

/** Percent-encoded, since a client may ask for it as it is. */
const pathOf = (uid: string, name: string): string => encodeURI(`/tasks_storage/${uid}/output/${name}`)
