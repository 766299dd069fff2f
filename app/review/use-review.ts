'use client'
import type { LayerSpec } from '../../core/operator'
import { useBench } from '../shell/bench'
import { createStore, useSelected, useStore } from '../state/store'
import { type EditQuad, type Edits, notAmong, quadsIn, toParam } from './edits'
import { histories, historyOf, record, redo, undo } from './history'

export type QuadsSpec = Extract<LayerSpec, { kind: 'quads' }>

/** What a drag on the picture does. */
export type Mode = 'select' | 'quad' | 'zone'

/** What is chosen: a quad or a zone, by its place in the list. */
export type Chosen = { readonly kind: 'quad' | 'zone'; readonly index: number } | null

export const mode = createStore<Mode>('select')
export const chosen = createStore<Chosen>(null)

export interface Review {
  readonly spec: QuadsSpec
  readonly quads: readonly (EditQuad & { readonly covered?: boolean })[]
  /** What the second look still found, and nobody has added since. */
  readonly residuals: readonly EditQuad[]
  readonly edits: Edits
  readonly isEdited: boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  change(next: Partial<Edits>): void
  undo(): void
  redo(): void
}

/** The quads of the picture in view as they now are, and how to change them. Undefined for tools that have none. */
export function useReview(): Review | undefined {
  const { card, item, result, do: commands } = useBench()
  const id = item?.picture.id ?? ''
  const { past, now, future } = useSelected(histories, (all) => historyOf(all, id))
  const spec = card.layers.find((layer): layer is QuadsSpec => layer.kind === 'quads')
  if (!spec || !item) return undefined

  const hold = ({ quads, zones }: Edits) =>
    commands.setOwn(id, { [spec.edits]: quads?.map(toParam) ?? null, [spec.zones]: zones })
  const found = result ? quadsIn(result.data, spec.field) : []
  return {
    spec,
    quads: now.quads ?? found,
    residuals: result ? notAmong(quadsIn(result.data, spec.residuals), now.quads ?? []) : [],
    edits: now,
    isEdited: now.quads !== null || now.zones.length > 0,
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    change: (next) => {
      const edits = { ...now, ...next }
      record(id, edits)
      hold(edits)
    },
    undo: () => after(undo(id), hold),
    redo: () => after(redo(id), hold),
  }
}

function after(edits: Edits | undefined, hold: (edits: Edits) => void): void {
  if (!edits) return
  chosen.set(null)
  hold(edits)
}

export const useChosen = (): Chosen => useStore(chosen)
export const useMode = (): Mode => useStore(mode)
