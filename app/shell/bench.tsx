'use client'
import { createContext, useContext } from 'react'
import type { Failure } from '../../core/errors'
import type { Sample } from '../../core/operator'
import type { RunOutcome } from '../../workers/runner'
import type { Layers } from '../canvas/use-layers'
import type { Batch } from '../run/batch-progress'
import type { ShownResult } from '../run/shown-result'
import type { Params } from '../state/remembered-params'
import type { Item, Session, Step } from '../state/session'
import type { ToolCard } from '../tools/card'
import type { ToolWords } from '../tools/tool-words'
import type { FieldProblem } from './use-problems'

export type SheetName = 'tools' | 'device' | 'developer' | 'webhooks' | 'models' | 'vectors' | 'shortcuts' | 'panel'

/** What every part of the workbench shows and can ask for. */
export interface Bench {
  readonly cards: readonly ToolCard[]
  readonly card: ToolCard
  readonly words: ToolWords
  readonly session: Session
  /** The picture on the canvas. */
  readonly item: Item | undefined
  /** Its result, live parameters applied. */
  readonly result: ShownResult | undefined
  /** Its result was made with other settings or inputs than those shown now. */
  readonly outdated: boolean
  readonly busy: boolean
  /** Why the picture in view has no result, until something is changed that may mend it. */
  readonly failure: Failure | undefined
  readonly batch: Batch | null
  /** What the failure says about controls. */
  readonly problems: readonly FieldProblem[]
  /** By slot or parameter, as in `FieldProblem.key`: what is wrong with it. */
  readonly wrong: Readonly<Record<string, string>>
  readonly layers: Layers
  /** The slot for which a part of the picture is being marked. */
  readonly marking: string | null
  readonly do: BenchCommands
}

export interface BenchCommands {
  /** Without a slot, each file goes where it fits best. */
  give(files: readonly File[], slot?: string): void
  /** Opens the file dialog. */
  browse(slot?: string, how?: 'files' | 'folder' | 'camera'): void
  /** Begins marking a part of the picture for this slot; null ends it. */
  mark(slot: string | null): void
  trySample(sample: Sample): void
  removeFixed(slot: string): void
  removeItem(id: string): void
  clear(): void
  swap(slot: string): void
  select(id: string): void
  set(name: string, value: unknown): void
  /** Parameters for one picture alone. */
  setOwn(id: string, params: Params): void
  resetParams(): void
  /** Says that what is painted for a picture is in another state now; null when nothing is. */
  setDrawn(id: string, slot: string, state: string | null): void
  /** Takes a file out of its slot: it is somewhere else now. */
  takeFixed(slot: string): void
  /** Goes back or on to another result of the picture. */
  step(id: string, step: Step): void
  /** Puts another outcome in the place of the one there is: the other result of a duel. */
  adopt(id: string, outcome: RunOutcome): void
  /** Makes a result the picture to go on with. */
  takeResult(id: string, file: File): void
  run(): void
  runItems(items: readonly Item[]): void
  stop(ids?: readonly string[]): void
  undo(): void
  show(sheet: SheetName | null): void
  openTool(id: string): void
  /** Opens a tool with these pictures in place of what it had, and runs it where nothing else is needed. */
  send(tool: string, files: readonly File[]): void
  /** Moves the focus to the control of a problem. */
  focusField(key: string): void
}

const BenchContext = createContext<Bench | null>(null)
export const BenchProvider = BenchContext.Provider

export function useBench(): Bench {
  const bench = useContext(BenchContext)
  if (!bench) throw new Error('useBench needs a BenchProvider around it')
  return bench
}
