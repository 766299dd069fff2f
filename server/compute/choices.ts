import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Choices } from '../../core/inference/models'
import type { Model } from '../../models/model'

const Kept = z.record(z.string(), z.object({ backend: z.string(), note: z.string().optional() }))
type Kept = z.infer<typeof Kept>

/** Which backend was quickest, in one file for all processes of a machine. Losing it costs a new comparison, no more. */
export function fileChoices(path: string): Choices {
  const read = async (): Promise<Kept> => {
    try {
      return Kept.parse(JSON.parse(await readFile(path, 'utf8')))
    } catch {
      return {}
    }
  }
  return {
    recall: async (model) => (await read())[keyOf(model)],
    remember: async (model, choice) => {
      if (choice.note?.includes(' failed: ')) return // a device that is not there today may be tomorrow
      try {
        const kept = { ...(await read()), [keyOf(model)]: choice }
        await mkdir(dirname(path), { recursive: true })
        await writeFile(`${path}.${process.pid}`, JSON.stringify(kept))
        await rename(`${path}.${process.pid}`, path) // at once, for others who read
      } catch {
        // The folder is full or read-only: it is compared again next time.
      }
    },
  }
}

/** The cache may be shared by machines, and other weights are another model. */
const keyOf = ({ id, files }: Model): string => `${hostname()} ${id} ${files[0].sha256}`
