import type { Sample } from '../../core/operator'
import { drawnFor } from '../mask/drawn-files'
import { wantedField } from '../panel/use-wanted-field'
import { loadRunner } from '../run/load-runner'
import type { useRuns } from '../run/use-runs'
import { anyKind, placements, suits } from '../state/intake'
import { defaults } from '../state/remembered-params'
import {
  type Item,
  isOutdated,
  type Picture,
  session as reduce,
  type Session,
  type SessionEvent,
} from '../state/session'
import { toast } from '../state/toasts'
import type { TextKey } from '../text/dictionary'
import type { Translate } from '../text/translate'
import type { ToolCard } from '../tools/card'
import { shownLive } from '../tools/shown-live'
import type { BenchCommands, SheetName } from './bench'
import { pickFiles } from './pick-files'

interface Parts {
  card: ToolCard
  session: Session
  /** Another tool, and how it stands. */
  other: (id: string) => { readonly card: ToolCard; readonly session: Session } | undefined
  dispatch: (change: { tool: string; event: SessionEvent }) => void
  runs: ReturnType<typeof useRuns>
  t: Translate
  show: (sheet: SheetName | null) => void
  openTool: (id: string) => void
  setMissing: (missing: boolean) => void
  mark: (slot: string | null) => void
}

const kindOf = ({ inputs }: ToolCard, slot?: string) =>
  inputs.find(({ name }) => name === slot)?.kind ?? anyKind(inputs)

const picture = (file: File): Picture => ({ id: crypto.randomUUID(), file })

/** Everything the user can do, in terms of the session. */
export function benchCommands({
  card,
  session,
  other,
  dispatch,
  runs,
  t,
  show,
  openTool,
  setMissing,
  mark,
}: Parts): BenchCommands {
  const tell = (event: SessionEvent) => dispatch({ tool: card.id, event })
  const undo = () => tell({ type: 'undone' })
  const destroy = (event: SessionEvent, text: TextKey) => {
    tell(event)
    toast({ text: t(text), action: { label: t('undo'), run: undo } })
  }
  const stop = (ids = running(session)) => runs.stop(card.id, ids)

  const give: BenchCommands['give'] = (files, slot) => {
    const kind = kindOf(card, slot)
    const pictures = files.filter((file) => suits(kind, file))
    const refused = files.length - pictures.length
    if (refused > 0) toast({ text: t(`notFitting_${kind}`, { count: refused }), wrong: true })
    if (pictures.length === 0) return
    const places = slot ? [{ slot, files: pictures }] : placements(card, filledSlots(card, session), pictures)
    for (const place of places) tell(given(card, session, place.slot, place.files.map(picture)))
    setMissing(false)
    void warm(card)
  }

  const start = (items: readonly Item[], using = session) => {
    const complete = isComplete(card, using)
    setMissing(!complete)
    if (complete) runs.start(card, using, items)
    else if (!hasRoom()) show('panel')
  }

  return {
    give,
    mark: (slot) => {
      show(null)
      mark(slot)
    },
    browse: (slot, how = 'files') => {
      const many = slot === undefined || slot === card.batch
      pickFiles(how, kindOf(card, slot), many, (files) => give(files, how === 'folder' ? card.batch : slot))
    },
    trySample: async (sample) => {
      try {
        const events = await sampleEvents(card, sample)
        for (const event of events) tell(event)
        const next = events.reduce(reduce, session)
        start(next.items, next)
      } catch {
        toast({ text: t('sampleFailed'), wrong: true })
      }
    },
    removeFixed: (slot) => destroy({ type: 'fixed removed', slot }, 'pictureRemoved'),
    removeItem: (id) => {
      if (running(session).includes(id)) stop([id])
      destroy({ type: 'item removed', id }, 'pictureRemoved')
    },
    clear: () => {
      stop()
      destroy({ type: 'cleared' }, 'allRemoved')
    },
    swap: (slot) => tell({ type: 'swapped', slot }),
    select: (id) => tell({ type: 'selected', id }),
    setOwn: (id, params) => tell({ type: 'own params changed', id, params }),
    set: (name, value) => tell({ type: 'params changed', params: { ...session.params, [name]: value } }),
    resetParams: () =>
      destroy({ type: 'params changed', params: defaults(card.fields), undoable: true }, 'settingsReset'),
    setDrawn: (id, slot, state) => tell({ type: 'drawn changed', id, slot, state }),
    takeFixed: (slot) => tell({ type: 'fixed removed', slot }),
    step: (id, step) => {
      stop(running(session).filter((one) => one === id))
      tell({ type: 'stepped', id, step, drawn: drawnFor(card, step.picture.id) })
    },
    adopt: (id, outcome) => {
      const run = session.items.find((item) => item.picture.id === id)?.run
      if (run?.status === 'done') tell({ type: 'run changed', id, run: { ...run, outcome }, keep: true })
    },
    takeResult: (id, file) => {
      tell({ type: 'result taken', id, picture: picture(file) })
      toast({ text: t('stepUsedAsSource') })
    },
    run: () => start(due(card, session)),
    runItems: start,
    stop,
    undo: () => (session.past.length > 0 ? undo() : toast({ text: t('nothingToUndo') })),
    show,
    openTool,
    send: (tool, files) => {
      const target = other(tool)
      if (!target || files.length === 0) return
      const event: SessionEvent = { type: 'items added', pictures: files.map(picture), replace: true }
      dispatch({ tool, event })
      openTool(tool)
      toast({ text: t('sentMany', { count: files.length }) })
      const next = reduce(target.session, event)
      if (isComplete(target.card, next)) runs.start(target.card, next, next.items)
    },
    focusField: (key) => {
      if (!hasRoom()) show('panel')
      wantedField.set(key)
    },
  }
}

/** Whether the panel is beside the canvas; else it is a sheet. */
const hasRoom = () => matchMedia('(min-width: 48rem)').matches

const running = ({ items }: Session): string[] =>
  items.filter(({ run }) => run.status === 'running').map(({ picture: { id } }) => id)

export const filledSlots = ({ batch }: ToolCard, { fixed, items }: Session): string[] => [
  ...Object.keys(fixed),
  ...(items.length > 0 ? [batch] : []),
]

/** Whether every file is there that a run cannot do without. */
function isComplete(card: ToolCard, session: Session): boolean {
  const filled = filledSlots(card, session)
  return card.inputs.every(({ name, optional }) => optional || filled.includes(name))
}

/**
 * Whether a slot's picture can be cut out of the first input: a tool that draws boxes there looks for the one in the
 * other.
 */
export const canBeMarked = ({ batch, layers }: ToolCard, slot: string): boolean =>
  slot !== batch && layers.some(({ kind }) => kind === 'boxes')

/** One picture replaces one picture; several become, or join, a batch. */
function given({ batch }: ToolCard, { items }: Session, slot: string, pictures: Picture[]): SessionEvent {
  if (slot !== batch) return { type: 'fixed given', slot, picture: pictures[0] }
  return { type: 'items added', pictures, replace: items.length <= 1 && pictures.length === 1 }
}

/** What Run runs: whatever has no result with these settings yet, or everything when all have. */
function due(card: ToolCard, session: Session): readonly Item[] {
  const open = session.items.filter((item) => item.run.status !== 'done' || isOutdated(item, session, shownLive(card)))
  return open.length > 0 ? open : session.items
}

async function sampleEvents(card: ToolCard, { files, params }: Sample): Promise<SessionEvent[]> {
  const pictures = await Promise.all(
    Object.entries(files).map(async ([slot, path]) => [slot, picture(await download(path))] as const),
  )
  return [
    { type: 'cleared' },
    { type: 'params changed', params: { ...defaults(card.fields), ...params } },
    ...pictures.map(
      ([slot, one]): SessionEvent =>
        slot === card.batch
          ? { type: 'items added', pictures: [one], replace: true }
          : { type: 'fixed given', slot, picture: one },
    ),
  ]
}

async function download(path: string): Promise<File> {
  const response = await fetch(path)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  const blob = await response.blob()
  return new File([blob], path.slice(path.lastIndexOf('/') + 1), { type: blob.type })
}

/** Loads the worker and the tool while the user looks at the picture. */
async function warm({ id }: ToolCard): Promise<void> {
  const { runner, findTool } = await loadRunner()
  runner.warm(findTool(id).spec)
}
