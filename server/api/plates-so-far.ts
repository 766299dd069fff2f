import * as z from 'zod'
import { coverPlates } from '../../operators/cover-plates/spec'
import { type BatchItem, itemFile, itemsOf } from './batch'
import { type CoveredFile, toFile } from './contracts/plates'
import type { Engine } from './engine'
import type { Task } from './task'

const ENDINGS = { webp: 'webp', png: 'png', jpeg: 'jpg' } as const

/** Running tasks that are remembered, those asked for last. */
const MOST_TASKS = 100

type Running = Extract<Task, { state: 'running' }>

interface SoFar {
  /** The task's progress when its files were looked for last. */
  done: number
  /** By their stem. */
  readonly files: Map<string, CoveredFile>
}

/**
 * What a running task has covered so far, in the order of the uploads. Files that cannot be read are listed when it ends,
 * and so is what a dry run finds, which makes no files.
 *
 * Clients ask several times a second: what is covered stays covered, and is read once; the rest is looked for when the
 * task has come further.
 */
export function coveredSoFar(engine: Pick<Engine, 'file'>): (task: Running) => Promise<CoveredFile[]> {
  const tasks = new Map<string, SoFar>()

  function remembered(uid: string): SoFar {
    const soFar = tasks.get(uid) ?? { done: -1, files: new Map() }
    tasks.delete(uid)
    tasks.set(uid, soFar)
    if (tasks.size > MOST_TASKS) tasks.delete(tasks.keys().next().value ?? '')
    return soFar
  }

  return async (task) => {
    const soFar = remembered(task.uid)
    const items = itemsOf(task.inputs)
    if (task.progress.done !== soFar.done) {
      const ending = ENDINGS[coverPlates.params.parse(task.params).format]
      const missing = items.filter(({ stem }) => !soFar.files.has(stem))
      const found = await Promise.all(missing.map((item) => covered(item, task.uid, ending, engine)))
      for (const [i, file] of found.entries()) if (file) soFar.files.set(missing[i].stem, file)
      soFar.done = task.progress.done
    }
    return items.flatMap(({ stem }) => soFar.files.get(stem) ?? [])
  }
}

async function covered({ name, stem }: BatchItem, uid: string, ending: string, engine: Pick<Engine, 'file'>) {
  const names = [`covered.${ending}`, 'receipt.json'].map((file) => itemFile({ name: file }, stem))
  const picture = await engine.file(`results/${uid}/${names[0]}`)
  await picture?.body.cancel()
  const receipt = picture && (await engine.file(`results/${uid}/${names[1]}`))
  if (!receipt) return undefined
  return toFile({ name, files: names, data: dataOf(await new Response(receipt.body).json()) }, uid)
}

const { plates, residuals, residual_score } = coverPlates.result.shape
const Receipt = z.object({ quads: plates, residuals, residual_score })

/** A receipt says what the result will say, but for its notes. */
function dataOf(receipt: unknown): Record<string, unknown> {
  const { quads, ...rest } = Receipt.parse(receipt)
  return { plates: quads, ...rest, notes: [] }
}
