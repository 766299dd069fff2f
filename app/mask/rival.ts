import type { LayerSpec } from '../../core/operator'
import type { RunOutcome } from '../../workers/runner'
import { baseName } from '../export/save'
import type { ToolCard } from '../tools/card'

type Replace = Extract<LayerSpec, { kind: 'replace' }>
type Data = Readonly<Record<string, unknown>>

/** The layer of a result that another result may stand beside. */
export const duelOf = ({ layers }: Pick<ToolCard, 'layers'>): (Replace & { readonly rival: string }) | undefined =>
  layers.find((layer): layer is Replace & { readonly rival: string } => layer.kind === 'replace' && !!layer.rival)

/** Both result pictures, the better first; undefined after a run without a rival. */
export function contestants(card: Pick<ToolCard, 'layers'>, files: RunOutcome['files']) {
  const duel = duelOf(card)
  const [first, second] = [duel?.artefact, duel?.rival].map((artefact) =>
    files.find(({ name }) => baseName(name) === artefact),
  )
  return first && second ? ([first, second] as const) : undefined
}

/** The outcome as it would be had the rival been the better one: pictures and what `result_data` says of both change places. */
export function exchanged(card: Pick<ToolCard, 'layers'>, outcome: RunOutcome): RunOutcome {
  const duel = duelOf(card)
  const pair = contestants(card, outcome.files)
  if (!duel || !pair) return outcome
  const [first, second] = pair
  const files = outcome.files.map((file) => {
    if (file === first) return { ...second, name: named(second.name, duel.artefact) }
    return file === second ? { ...first, name: named(first.name, duel.rival) } : file
  })
  const said = (outcome.data[duel.rival] ?? {}) as Data
  const own = Object.fromEntries(Object.keys(said).map((key) => [key, outcome.data[key]]))
  return { ...outcome, files, data: { ...outcome.data, ...said, [duel.rival]: own } }
}

const named = (file: string, artefact: string): string => artefact + file.slice(file.lastIndexOf('.'))
