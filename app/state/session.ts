import type { Failure } from '../../core/errors'
import type { RunOutcome } from '../../workers/runner'
import type { Params } from './remembered-params'

/** A file that the user gave. */
export interface Picture {
  readonly id: string
  readonly file: File
}

export type Run =
  | { readonly status: 'ready' }
  | { readonly status: 'running' }
  | { readonly status: 'stopped' }
  /** `madeWith` is the settings it was made with: another value means that what it says is out of date. */
  | { readonly status: 'failed'; readonly failure: Failure; readonly madeWith: string }
  | { readonly status: 'done'; readonly outcome: RunOutcome; readonly params: Params; readonly madeWith: string }

/** One picture of the slot that a batch runs over, and its result. */
export interface Item {
  readonly picture: Picture
  readonly run: Run
  /** Parameters that hold for this picture alone: what people changed on it. */
  readonly own?: Params
  /** By slot: the state of what was painted for this picture alone, which goes along as that slot's file. */
  readonly drawn?: Drawn
  /** What can be gone back to, oldest first; the first is the picture as it was given. */
  readonly steps?: readonly Step[]
}

export type Drawn = Readonly<Record<string, string>>

/** A picture, and a result that was made of it. */
export interface Step {
  readonly picture: Picture
  readonly run: Run
}

/** What the user can lose by accident, and so can have back. */
interface Work {
  /** By slot: the inputs that stay the same over a batch. */
  readonly fixed: Readonly<Record<string, Picture>>
  readonly items: readonly Item[]
  readonly selected: string | null
  readonly params: Params
  /** Of the picture that the work is looked at for. */
  readonly drawn?: Drawn
}

/** Everything about one tool on the page. */
export interface Session extends Work {
  readonly past: readonly Work[]
}

export type SessionEvent =
  | { readonly type: 'fixed given'; readonly slot: string; readonly picture: Picture }
  | { readonly type: 'fixed removed'; readonly slot: string }
  | { readonly type: 'items added'; readonly pictures: readonly Picture[]; readonly replace: boolean }
  | { readonly type: 'item removed'; readonly id: string }
  | { readonly type: 'swapped'; readonly slot: string }
  | { readonly type: 'cleared' }
  | { readonly type: 'selected'; readonly id: string }
  | { readonly type: 'params changed'; readonly params: Params; readonly undoable?: boolean }
  /** `keep`: a result can be gone back to. */
  | { readonly type: 'run changed'; readonly id: string; readonly run: Run; readonly keep?: boolean }
  | { readonly type: 'own params changed'; readonly id: string; readonly params: Params }
  | { readonly type: 'drawn changed'; readonly id: string; readonly slot: string; readonly state: string | null }
  /** Goes to another of the steps. */
  | { readonly type: 'stepped'; readonly id: string; readonly step: Step; readonly drawn: Drawn }
  /** Goes on from a result: it becomes the picture. */
  | { readonly type: 'result taken'; readonly id: string; readonly picture: Picture }
  | { readonly type: 'undone' }

const UNDO_DEPTH = 20

export const emptySession = (params: Params): Session => ({
  fixed: {},
  items: [],
  selected: null,
  params,
  past: [],
})

export function session(state: Session, event: SessionEvent): Session {
  switch (event.type) {
    case 'fixed given': {
      const base = event.slot in state.fixed ? kept(state) : state
      return { ...base, fixed: { ...state.fixed, [event.slot]: event.picture } }
    }
    case 'fixed removed': {
      const { [event.slot]: _, ...fixed } = state.fixed
      return { ...kept(state), fixed }
    }
    case 'items added': {
      const added = event.pictures.map((picture): Item => ({ picture, run: { status: 'ready' } }))
      const replaces = event.replace && state.items.length > 0
      const items = event.replace ? added : [...state.items, ...added]
      const selected = event.replace || !state.selected ? (added[0]?.picture.id ?? null) : state.selected
      return { ...(replaces ? kept(state) : state), items, selected }
    }
    case 'item removed':
      return { ...kept(state), ...without(state, event.id) }
    case 'swapped':
      return swapped(state, event.slot)
    case 'cleared':
      return { ...kept(state), fixed: {}, items: [], selected: null }
    case 'selected':
      return { ...state, selected: event.id }
    case 'params changed':
      return { ...(event.undoable ? kept(state) : state), params: event.params }
    case 'run changed':
      return changed(state, event.id, (item) => ({
        ...item,
        run: event.run,
        steps: event.keep && event.run.status === 'done' ? withStep(item, event.run) : item.steps,
      }))
    case 'own params changed':
      return changed(state, event.id, (item) => ({ ...item, own: { ...item.own, ...event.params } }))
    case 'drawn changed':
      return changed(state, event.id, (item) => ({ ...item, drawn: withDrawn(item.drawn, event.slot, event.state) }))
    case 'stepped':
      return changed(state, event.id, (item) => ({ ...item, ...event.step, drawn: event.drawn }))
    case 'result taken':
      return changed(state, event.id, (item) => ({
        ...item,
        picture: event.picture,
        run: { status: 'ready' },
        drawn: undefined,
      }))
    case 'undone': {
      const last = state.past.at(-1)
      return last ? { ...last, items: withResults(last.items, state.items), past: state.past.slice(0, -1) } : state
    }
  }
}

/** @param change may give the picture another id; what was selected stays so */
function changed(state: Session, id: string, change: (item: Item) => Item): Session {
  const items = state.items.map((item) => (item.picture.id === id ? change(item) : item))
  const at = state.items.findIndex(({ picture }) => picture.id === id)
  return { ...state, items, selected: state.selected === id && at >= 0 ? items[at].picture.id : state.selected }
}

const STEPS = 30 // each keeps its result files

/** The picture as it was given is always the first. */
function withStep({ picture, steps = [{ picture, run: { status: 'ready' } }] }: Item, run: Run): readonly Step[] {
  const [first, ...rest] = steps
  return [first, ...rest.slice(1 - STEPS), { picture, run }]
}

function withDrawn(drawn: Drawn = {}, slot: string, state: string | null): Drawn {
  const { [slot]: _, ...rest } = drawn
  return state ? { ...rest, [slot]: state } : rest
}

/** Remembers the present work, for undo. A run that is going on will have been stopped by the time it comes back. */
function kept({ past, ...work }: Session): Session {
  const items = work.items.map((item): Item => (item.run.status === 'running' ? { ...item, run: STOPPED } : item))
  return { ...work, past: [...past.slice(1 - UNDO_DEPTH), { ...work, items }] }
}

/** Undo brings pictures back and takes no result away that has been made since. */
const withResults = (items: readonly Item[], now: readonly Item[]): Item[] =>
  items.map((item) => now.find(({ picture }) => picture.id === item.picture.id) ?? item)

const STOPPED: Run = { status: 'stopped' }

function without({ items, selected }: Session, id: string): Pick<Session, 'items' | 'selected'> {
  const index = items.findIndex(({ picture }) => picture.id === id)
  const rest = items.filter(({ picture }) => picture.id !== id)
  const next = rest[Math.min(index, rest.length - 1)]?.picture.id ?? null
  return { items: rest, selected: selected === id ? next : selected }
}

function swapped(state: Session, slot: string): Session {
  const [item] = state.items
  const other = state.fixed[slot]
  if (!item || !other || state.items.length > 1) return state
  return {
    ...kept(state),
    fixed: { ...state.fixed, [slot]: item.picture },
    items: [{ picture: other, run: { status: 'ready' } }],
    selected: other.id,
  }
}

/** Whether a result was made with other settings or pictures. Live parameters count only where they cannot be applied. */
export function isOutdated(item: Item, shared: Work, live: readonly string[]): boolean {
  const { run } = item
  const session = withOwn(shared, item)
  if (run.status !== 'done') return false
  if (run.madeWith !== settingsOf(session, live)) return true
  return run.outcome.kept === undefined && live.some((name) => run.params[name] !== session.params[name])
}

export const selectedItem = ({ items, selected }: Session): Item | undefined =>
  items.find(({ picture }) => picture.id === selected)

/** Ids of the pictures that are here, or that undo can bring back. */
export const picturesOf = ({ past, ...now }: Session): string[] =>
  [now, ...past].flatMap(({ fixed, items }) => [
    ...Object.values(fixed).map(({ id }) => id),
    ...items.flatMap(({ picture, steps = [] }) => [picture.id, ...steps.map((step) => step.picture.id)]),
  ])

/** What went wrong, until something is changed that may mend it. */
export function failureOf(item: Item, session: Work): Failure | undefined {
  const { run } = item
  return run.status === 'failed' && run.madeWith === settingsOf(withOwn(session, item), []) ? run.failure : undefined
}

/** The work as it is for one picture: with the parameters that it has of its own, and what was painted for it. */
export const withOwn = <W extends Work>(work: W, { own, drawn }: Pick<Item, 'own' | 'drawn'>): W =>
  own || drawn ? { ...work, params: { ...work.params, ...own }, drawn } : work

/** Two runs with the same settings give the same result; live parameters do not need a run. */
export function settingsOf({ fixed, params, drawn = {} }: Work, live: readonly string[]): string {
  const settled = Object.entries(params).filter(([name]) => !live.includes(name))
  const pictures = Object.entries(fixed).map(([slot, { id }]) => [slot, id])
  return JSON.stringify([settled, pictures, ...Object.entries(drawn)])
}
