'use client'
import { beginDraft, type Change, finishDraft, inverted, lay, merged } from '../../core/mask/draft'
import { emptyMask, isEmpty, type Mask } from '../../core/mask/mask'
import type { Shape } from '../../core/mask/shapes'
import type { Slot } from '../../core/operator'
import type { Size } from '../../core/raster'
import { type Bench, useBench } from '../shell/bench'
import { createStore, useSelected, useStore } from '../state/store'
import { maskSlot } from './drawn-files'
import { maskOf, masks, record, redo, revisionOf, undo } from './history'
import { useShownSize } from './shown-size'

/** By picture: the result over which its mask was opened again. */
const reopened = createStore<Readonly<Record<string, unknown>>>({})

/** How many jobs on masks are under way. */
const working = createStore(0)

async function during<T>(work: () => Promise<T>): Promise<T> {
  working.set(working.get() + 1)
  try {
    return await work()
  } finally {
    working.set(working.get() - 1)
  }
}

export interface MaskEditor {
  readonly slot: Slot
  /** Of the picture that the mask belongs to. */
  readonly id: string
  readonly file: File
  /** Undefined until the picture has told it. */
  readonly size: Size | undefined
  /** Undefined as long as nothing was painted. */
  readonly mask: Mask | undefined
  readonly isEmpty: boolean
  /** The mask is painted now; else the result is shown. */
  readonly isOpen: boolean
  readonly isWorking: boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  open(isOpen: boolean): void
  change(mask: Mask): void
  /** Adds a shape to the mask, or takes it away. */
  lay(shape: Shape, change: Change): void
  /** Lays what some slow work finds over the mask as it then is. */
  add(work: () => Promise<Mask>, change: Change): Promise<void>
  /** Shows that work is under way as long as it lasts. */
  during<T>(work: () => Promise<T>): Promise<T>
  /** @returns false where there is nothing to take back */
  undo(): boolean
  redo(): boolean
  invert(): boolean
  clear(): boolean
}

/** Whether the mask is open: as long as there is no result, or when it was opened again over this one. */
export function useIsPainting({ card, item, layers }: Pick<Bench, 'card' | 'item' | 'layers'>): boolean {
  const isReopened = useSelected(
    reopened,
    (all) => item?.run.status === 'done' && all[item.picture.id] === item.run.outcome,
  )
  return !!item && !!maskSlot(card) && layers.picture === null && (item.run.status !== 'done' || isReopened)
}

/** The mask of the picture in view, and how to change it. Undefined for tools that take none. */
export function useMaskEditor(): MaskEditor | undefined {
  const { card, item, layers, do: commands } = useBench()
  const slot = maskSlot(card)
  const id = item?.picture.id ?? ''
  const history = useSelected(masks, (all) => all[id])
  const size = useShownSize(id)
  const isOpen = useIsPainting({ card, item, layers })
  const jobs = useStore(working)
  if (!slot || !item) return undefined

  const hold = (mask: Mask | undefined) => {
    if (mask) commands.setDrawn(id, slot.name, isEmpty(mask) ? null : revisionOf(mask))
    return mask !== undefined
  }
  const change = (mask: Mask) => {
    if (!size || mask === maskOf(id)) return
    record(id, mask, emptyMask(size))
    hold(mask)
  }
  const now = () => maskOf(id) ?? (size && emptyMask(size))
  const mask = history?.now
  return {
    ...{ slot, id, size, mask, change },
    file: item.picture.file,
    isEmpty: !mask || isEmpty(mask),
    isOpen,
    isWorking: jobs > 0,
    canUndo: (history?.past.length ?? 0) > 0,
    canRedo: (history?.future.length ?? 0) > 0,
    open: (isOpen) => {
      layers.showPicture(null)
      if (item.run.status === 'done') reopened.set({ ...reopened.get(), [id]: isOpen ? item.run.outcome : undefined })
    },
    lay: ({ region, cover }, how) => {
      const before = now()
      if (!before) return
      const draft = beginDraft(before)
      lay(draft, region, cover, how)
      change(finishDraft(draft))
    },
    add: async (work, how) => {
      const found = await during(work)
      const before = now()
      if (before) change(merged(before, found, how))
    },
    during,
    undo: () => hold(undo(id)),
    redo: () => hold(redo(id)),
    invert: () => {
      const before = now()
      if (before) change(inverted(before))
      return before !== undefined
    },
    clear: () => {
      const isMarked = mask !== undefined && !isEmpty(mask)
      if (isMarked) change(emptyMask(mask))
      return isMarked
    },
  }
}
