import * as z from 'zod'
import { coverPlates } from '../../operators/cover-plates/spec'
import { type BatchItem, itemFile, itemsOf } from './batch'
import { type CoveredFile, toFile } from './contracts/plates'
import type { Engine } from './engine'
import type { Task } from './task'

const ENDINGS = { webp: 'webp', png: 'png', jpeg: 'jpg' } as const

/**
 * What a running task has covered so far, in the order of the uploads. Files that cannot be read are listed when it ends,
 * and so is what a dry run finds, which makes no files.
 */
export async function coveredSoFar(
  task: Extract<Task, { state: 'running' }>,
  engine: Pick<Engine, 'file'>,
): Promise<CoveredFile[]> {
  const ending = ENDINGS[coverPlates.params.parse(task.params).format]
  const files = await Promise.all(itemsOf(task.inputs).map((item) => covered(item, task.uid, ending, engine)))
  return files.filter((file) => file !== undefined)
}

async function covered({ name, stem }: BatchItem, uid: string, ending: string, engine: Pick<Engine, 'file'>) {
  const names = [`covered.${ending}`, 'receipt.json'].map((file) => itemFile({ name: file }, stem))
  const [picture, receipt] = await Promise.all(names.map((file) => engine.file(`results/${uid}/${file}`)))
  await picture?.body.cancel()
  if (!picture || !receipt) {
    await receipt?.body.cancel()
    return undefined
  }
  return toFile({ name, files: names, data: dataOf(await new Response(receipt.body).json()) }, uid)
}

const { plates, residuals, residual_score } = coverPlates.result.shape
const Receipt = z.object({ quads: plates, residuals, residual_score })

/** A receipt says what the result will say, but for its notes. */
function dataOf(receipt: unknown): Record<string, unknown> {
  const { quads, ...rest } = Receipt.parse(receipt)
  return { plates: quads, ...rest, notes: [] }
}
