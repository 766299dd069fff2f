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
}

/** What the user can lose by accident, and so can have back. */
interface Work {
  /** By slot: the inputs that stay the same over a batch. */
  readonly fixed: Readonly<Record<string, Picture>>
  readonly items: readonly Item[]
  readonly selected: string | null
  readonly params: Params
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
  | { readonly type: 'run changed'; readonly id: string; readonly run: Run }
  | { readonly type: 'own params changed'; readonly id: string; readonly params: Params }
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
      return {
        ...state,
        items: state.items.map((item) => (item.picture.id === event.id ? { ...item, run: event.run } : item)),
      }
    case 'own params changed':
      return {
        ...state,
        items: state.items.map((item) =>
          item.picture.id === event.id ? { ...item, own: { ...item.own, ...event.params } } : item,
        ),
      }
    case 'undone': {
      const last = state.past.at(-1)
      return last ? { ...last, items: withResults(last.items, state.items), past: state.past.slice(0, -1) } : state
    }
  }
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
    ...items.map(({ picture }) => picture.id),
  ])

/** What went wrong, until something is changed that may mend it. */
export function failureOf(item: Item, session: Work): Failure | undefined {
  const { run } = item
  return run.status === 'failed' && run.madeWith === settingsOf(withOwn(session, item), []) ? run.failure : undefined
}

/** The work as it is for one picture: with the parameters that it has of its own. */
export const withOwn = <W extends Work>(work: W, { own }: Pick<Item, 'own'>): W =>
  own ? { ...work, params: { ...work.params, ...own } } : work

/** Two runs with the same settings give the same result; live parameters do not need a run. */
export function settingsOf({ fixed, params }: Work, live: readonly string[]): string {
  const settled = Object.entries(params).filter(([name]) => !live.includes(name))
  const pictures = Object.entries(fixed).map(([slot, { id }]) => [slot, id])
  return JSON.stringify([settled, pictures])
}
