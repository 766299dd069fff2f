import type { LayerSpec } from '../../core/operator'
import type { RunOutcome } from '../../workers/runner'
import { baseName } from '../export/save'
import { contestants } from '../mask/rival'
import { isCloud } from '../state/intake'
import type { Item, Session } from '../state/session'
import type { ToolCard } from '../tools/card'
import type { Layers } from './use-layers'

export interface ScenePicture {
  readonly key: string
  readonly file: Blob
  readonly name: string
}

/** What lies on the canvas. */
export interface Scene {
  /** Null for a file that is no picture and has no result to show instead. */
  readonly base: ScenePicture | null
  /** Beside it, where lines lead to. */
  readonly other: ScenePicture | null
  /** Stretched over the base. */
  readonly over: Blob | null
  /** The layers belong to the base. */
  readonly layered: boolean
}

export type PairsSpec = Extract<LayerSpec, { kind: 'pairs' }>

export const pairsOf = ({ layers }: ToolCard): PairsSpec | undefined =>
  layers.find((layer): layer is PairsSpec => layer.kind === 'pairs')

interface Shown {
  readonly card: ToolCard
  readonly session: Session
  readonly item: Item
  readonly layers: Layers
  /** A mask is painted: the picture is shown as it is. */
  readonly isPainting?: boolean
}

/** A result picture when one was asked for, or when there is nothing else to see; else the inputs with their layers. */
export function sceneOf({ card, session, item, layers, isPainting = false }: Shown): Scene {
  const outcome = item.run.status === 'done' ? item.run.outcome : undefined
  const made = layers.original ? undefined : madePicture(card, item, outcome, layers.picture)
  if (made) return { base: made, other: null, over: null, layered: false }

  const { picture } = item
  const isDuel = outcome && !layers.laidOver && !layers.original && !isPainting
  const pair = isDuel ? contestants(card, outcome.files) : undefined
  if (pair) {
    const [base, other] = pair.map(({ name, blob }) => ({ key: `${picture.id}/${name}`, file: blob, name }))
    return { base, other, over: null, layered: false }
  }

  const base = isCloud(picture.file) ? null : inputPicture(picture)
  const pairs = pairsOf(card)
  const partner = pairs && session.fixed[pairs.other]
  if (!pairs || !partner || layers.original) return { base, other: null, over: null, layered: true }

  const aligned = outcome?.files.find(({ name }) => baseName(name) === pairs.aligned)?.blob
  if (layers.laidOver && aligned) return { base: inputPicture(partner), other: null, over: aligned, layered: false }
  return { base, other: inputPicture(partner), over: null, layered: true }
}

const inputPicture = ({ id, file }: Item['picture']): ScenePicture => ({ key: id, file, name: file.name })

/** The first of a run; of a run in steps, the first of its last step. */
function mainPicture(outcome: RunOutcome | undefined): RunOutcome['files'][number] | undefined {
  const step = /^step-\d+-/.exec(outcome?.files.at(-1)?.name ?? '')?.[0] ?? ''
  return outcome?.files.find(({ name }) => name.startsWith(step))
}

function madePicture(
  { layers }: ToolCard,
  { picture }: Item,
  outcome: RunOutcome | undefined,
  asked: string | null,
): ScenePicture | undefined {
  const nothingElse = layers.length === 0 || isCloud(picture.file)
  const file = outcome?.files.find(({ name }) => name === asked) ?? (nothingElse ? mainPicture(outcome) : undefined)
  return file && { key: `${picture.id}/${file.name}`, file: file.blob, name: file.name }
}
