import * as z from 'zod'
import type { HeldModel } from '../engine'

const tensor = z.object({
  name: z.string(),
  shape: z.array(z.union([z.int(), z.string()])).meta({ description: 'An axis of any length has a name' }),
  type: z.enum(['float32', 'uint8', 'int32', 'int64']),
})

/** A model of the manifest, and where it stands on this host. */
export const ModelObject = z
  .object({
    id: z.string().meta({ examples: ['faceplugin-fr-feature'] }),
    title: z.string(),
    summary: z.string(),
    task: z.string().meta({ description: 'What it is for' }),
    default: z.boolean().meta({ description: 'Part of the install: fetched without being asked for' }),
    size: z.int().meta({ description: 'Bytes of its files' }),
    state: z.enum(['installed', 'absent', 'fetching', 'quarantined']),
    progress: z
      .object({ bytes: z.int(), total: z.int() })
      .nullable()
      .meta({ description: 'Of the download; null unless `fetching`' }),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why it is `quarantined`, or could not be fetched the last time' }),
    files: z.array(
      z.object({
        name: z.string(),
        size: z.int(),
        sha256: z.string().nullable().meta({ description: 'Null where nobody publishes the file: you supply it' }),
        path: z.string().meta({ description: 'Where this host serves it' }),
      }),
    ),
    licence: z.object({
      weights: z.string(),
      code: z.string(),
      commercial: z.enum(['yes', 'no', 'unclear']).meta({ description: 'Whether commercial use is allowed' }),
      note: z.string().nullable(),
      url: z.string().nullable(),
      accepted: z.boolean().meta({ description: 'False while it has to be accepted before the model is used here' }),
    }),
    inputs: z.array(tensor),
    outputs: z.array(tensor),
    batch: z.int().meta({ description: 'Largest batch of one run' }),
    quality: z.array(z.object({ measure: z.string(), value: z.number(), source: z.string() })),
  })
  .meta({ title: 'Model' })

export const ModelList = z.object({ models: z.array(ModelObject) }).meta({ title: 'Models' })

type ModelObject = z.infer<typeof ModelObject>

export function toModelObject({ model, state, accepted }: HeldModel): ModelObject {
  const { id, title, summary, task, licence, inputs, outputs, batch, quality } = model
  return {
    ...{ id, title, summary, task, default: model.default },
    size: model.files.reduce((sum, { bytes }) => sum + bytes, 0),
    state: state.state,
    progress: state.state === 'fetching' ? { bytes: state.bytes, total: state.total } : null,
    reason: 'reason' in state ? (state.reason ?? null) : null,
    files: model.files.map(({ name, bytes, sha256 = null }) => ({
      name,
      size: bytes,
      sha256,
      path: `/models/${id}/${name}`,
    })),
    licence: { ...licence, note: licence.note ?? null, url: licence.url ?? null, accepted },
    ...{ inputs: inputs.map(writable), outputs: outputs.map(writable), batch, quality: [...quality] },
  }
}

const writable = ({ shape, ...rest }: HeldModel['model']['inputs'][number]) => ({ ...rest, shape: [...shape] })
