import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ToolError } from '../../core/errors'
import { needsAcceptance } from '../../models/licence'
import type { Model } from '../../models/model'
import type { ModelsConfig } from './places'

const Accepted = z.record(z.string(), z.object({ licence: z.string(), at: z.iso.datetime() }))
type Accepted = z.infer<typeof Accepted>

const fileOf = (cache: string): string => join(cache, 'accepted-licences.json')

/** Accepted by the operator's configuration, or once and for all on the command line. */
export async function isAccepted(model: Model, { cache, acceptLicences }: ModelsConfig): Promise<boolean> {
  if (!needsAcceptance(model)) return true
  if (acceptLicences === 'all' || acceptLicences.includes(model.id)) return true
  return (await readAccepted(cache))[model.id]?.licence === model.licence.weights
}

/** Remembers that the licence was read and accepted. */
export async function acceptLicence(model: Model, cache: string): Promise<void> {
  const accepted = await readAccepted(cache)
  const entry = { licence: model.licence.weights, at: new Date().toISOString() }
  await mkdir(cache, { recursive: true })
  const unfinished = `${fileOf(cache)}.${randomUUID()}` // a file cut short would forget what was accepted before
  await writeFile(unfinished, JSON.stringify({ ...accepted, [model.id]: entry }, undefined, 2))
  await rename(unfinished, fileOf(cache))
}

async function readAccepted(cache: string): Promise<Accepted> {
  const text = await readFile(fileOf(cache), 'utf8').catch(() => '{}')
  return Accepted.catch({}).parse(parse(text))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

export function licenceRefusal({ id, title, licence }: Model): ToolError {
  return new ToolError(
    'forbidden',
    `${title} is under "${licence.weights}". ${licence.note ?? ''} ` +
      `Whoever runs this server accepts that with ACCEPT_LICENSES=${id}, or with: npm run models accept ${id}`,
  )
}
