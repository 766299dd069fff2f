import * as z from 'zod'
import { inpaint } from '../../../operators/inpaint/spec'
import { BatchData, type ItemResult } from '../batch'
import type { Task } from '../task'
import { time, utc } from './matching'

/** The fields of the form beside the tool's parameters. */
export const IMAGES = 'images'
export const MASK = 'mask'
export const MASKS = 'masks'

/** Those of the plates family, the other one that takes many pictures. */
const STATUS = {
  queued: 'pending',
  running: 'processing',
  succeeded: 'completed',
  failed: 'failed',
  canceled: 'failed',
} as const satisfies Record<Task['state'], string>

const status = z.enum(['pending', 'processing', 'completed', 'failed'])

const { found, mask_source, engine, model, erased_pixels, changed_outside, notes } = inpaint.result.shape

const Shown = z.object({ found, mask_source, engine, model, erased_pixels, changed_outside, notes })

export const ErasedFile = z
  .object({
    filename: z.string().meta({ description: 'The upload, as it is stored' }),
    url: z.string().optional().meta({ description: 'The picture without what was erased, served by GET' }),
    error: z.string().optional().meta({ description: 'Why there is none, a sentence' }),
    error_code: z.string().optional().meta({ description: 'The same for programs, such as `unreadable`' }),
    ...Shown.partial().shape,
  })
  .meta({ title: 'Erased picture' })

export const BatchTask = z
  .object({
    task_id: z.guid(),
    status,
    status_url: z.string().meta({ description: 'Where this is read again' }),
    images: z.int().meta({ description: 'Pictures sent' }),
    succeeded: z.int().meta({ description: 'Pictures that are done' }),
    failed: z.int().meta({ description: 'Pictures that could not be; each says why' }),
    progress: z
      .object({ done: z.number(), total: z.number() })
      .optional()
      .meta({ description: 'Pictures ended, while `status` is `processing`' }),
    results: z.array(ErasedFile).meta({ description: 'In the order of the uploads; empty until `completed`' }),
    archive_url: z.string().nullable().meta({ description: 'All pictures as one ZIP; null while there are none' }),
    error: z.string().optional().meta({ description: 'A sentence, when `status` is `failed`' }),
    created_at: time('When it was sent, UTC'),
    updated_at: time('When it last changed, UTC'),
  })
  .meta({ title: 'Batch of pictures' })
type BatchTask = z.output<typeof BatchTask>

export const AcceptedBatch = BatchTask.pick({ task_id: true, status: true, status_url: true, images: true }).meta({
  title: 'Accepted batch',
})

export const toAccepted = (task: Task): z.output<typeof AcceptedBatch> => ({
  task_id: task.uid,
  status: STATUS[task.state],
  status_url: pathOf(task.uid),
  images: imagesIn(task),
})

export function toBatchTask(task: Task): BatchTask {
  const base = {
    ...toAccepted(task),
    ...{ succeeded: 0, failed: 0, results: [], archive_url: null },
    ...{ created_at: utc(task.createdAt), updated_at: utc(task.updatedAt) },
  }
  switch (task.state) {
    case 'queued':
      return base
    case 'running':
      return { ...base, progress: task.progress }
    case 'failed':
      return { ...base, failed: base.images, error: task.message }
    case 'canceled':
      return { ...base, failed: base.images, error: 'Canceled on request' }
    case 'succeeded':
      return { ...base, ...ended(task.uid, BatchData.parse(task.data).items) }
  }
}

function ended(uid: string, items: readonly ItemResult[]) {
  const results = items.map((item) => toFile(item, uid))
  const failed = results.filter(({ error }) => error !== undefined).length
  const succeeded = results.length - failed
  return { results, failed, succeeded, archive_url: succeeded > 0 ? `${pathOf(uid)}/files.zip` : null }
}

function toFile(item: ItemResult, uid: string): z.output<typeof ErasedFile> {
  if ('error' in item) return { filename: item.name, error: item.error, error_code: item.code }
  const [file] = item.files
  // Percent-encoded, since a client may ask for it as it is.
  return { filename: item.name, url: `${pathOf(uid)}/files/${encodeURIComponent(file)}`, ...Shown.parse(item.data) }
}

const pathOf = (uid: string): string => `/api/v1/batch/${uid}`

const imagesIn = ({ inputs }: Task): number =>
  inputs.filter(({ slot, item }) => slot === 'image' && item !== undefined).length

/** Whether a task is of this family: the tool also runs by other doors, with one picture. */
export const isBatch = (task: Task): boolean => task.tool === inpaint.id && imagesIn(task) > 0
