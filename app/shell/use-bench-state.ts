'use client'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useLayers } from '../canvas/use-layers'
import { maskSlot } from '../mask/drawn-files'
import { forgetOthers as forgetOtherMasks } from '../mask/history'
import { forgetOthers as forgetOtherEdits } from '../review/history'
import { useRuns } from '../run/use-runs'
import { useShownResult } from '../run/use-shown-result'
import { failureOf, isOutdated, picturesOf, type Run, selectedItem, withOwn } from '../state/session'
import { useSessions } from '../state/use-sessions'
import { useWords } from '../text/words'
import type { ToolCard } from '../tools/card'
import { shownLive } from '../tools/shown-live'
import { toolWords } from '../tools/tool-words'
import type { Bench, SheetName } from './bench'
import { benchCommands } from './bench-commands'
import { useProblems } from './use-problems'
import { useStable } from './use-stable'

interface Shown {
  sheet: SheetName | null
  show: (sheet: SheetName | null) => void
  openTool: (id: string) => void
}

/** The state of the whole workbench for the tool that is open. */
export function useBenchState(
  cards: readonly ToolCard[],
  card: ToolCard,
  { show, openTool }: Omit<Shown, 'sheet'>,
): Bench {
  const { t, locale } = useWords()
  const { sessions, dispatch } = useSessions(cards, card)
  const session = sessions[card.id]
  useEffect(() => {
    const ids = new Set(Object.values(sessions).flatMap(picturesOf))
    forgetOtherEdits(ids)
    forgetOtherMasks(ids)
  }, [sessions])
  const [missing, setMissing] = useState(false)
  const [marking, mark] = useState<string | null>(null)
  const showRun = useCallback(
    (tool: string, id: string, run: Run) => {
      // A tool that changes a picture is run on until it looks right.
      const keep = cards.some((one) => one.id === tool && maskSlot(one))
      dispatch({ tool, event: { type: 'run changed', id, run, keep } })
    },
    [cards, dispatch],
  )
  const runs = useRuns(showRun)
  const layers = useLayers(card.layers)

  const open = (id: string) => {
    layers.showPicture(null)
    show(null)
    openTool(id)
  }
  const other = (id: string) => {
    const found = cards.find((one) => one.id === id)
    return found && { card: found, session: sessions[id] }
  }
  const item = selectedItem(session)
  const result = useShownResult(card, item?.run, item?.own ? withOwn(session, item).params : session.params)
  const words = useMemo(() => toolWords(card, locale), [card, locale])
  const outdated = item !== undefined && isOutdated(item, session, shownLive(card))

  const failure = item && failureOf(item, session)
  const problems = useProblems(cards, card, words, failure)
  const wrong = Object.fromEntries(problems.map(({ key, text }) => [key, text]))
  if (missing) {
    for (const { name, kind, title, optional } of card.inputs) {
      const filled = optional || (name === card.batch ? session.items.length > 0 : name in session.fixed)
      if (!filled) wrong[name] = t(`slotNeeded_${kind}`, { slot: words.label(name, title) })
    }
  }

  return {
    ...{ cards, card, words, session, item, result, outdated, layers, problems, wrong, failure, marking },
    busy: session.items.some(({ run }) => run.status === 'running'),
    batch: runs.batch,
    do: useStable(benchCommands({ card, session, other, dispatch, runs, t, show, openTool: open, setMissing, mark })),
  }
}
