'use client'
import { useCallback, useState } from 'react'

/** Takes the last step back. */
type Undo = () => void | Promise<void>

type Chosen = ReadonlySet<string>

/** Files that were chosen, by path, and the way back: to an earlier choice, or to pairs before they were set aside. */
export function useChoice() {
  const [chosen, setChosen] = useState<Chosen>(new Set())
  const [steps, setSteps] = useState<readonly Undo[]>([])

  const push = useCallback((undo: Undo) => setSteps((before) => [...before, undo]), [])

  const change = useCallback(
    (next: Chosen) => {
      const before = chosen
      setChosen(next)
      push(() => setChosen(before))
    },
    [chosen, push],
  )

  const toggle = (path: string) => {
    const next = new Set(chosen)
    if (!next.delete(path)) next.add(path)
    change(next)
  }

  const undo = () => {
    const last = steps.at(-1)
    if (!last) return
    setSteps(steps.slice(0, -1))
    void last()
  }

  const forget = useCallback(() => {
    setChosen(new Set())
    setSteps([])
  }, [])

  return {
    chosen,
    toggle,
    add: (paths: readonly string[]) => change(new Set([...chosen, ...paths])),
    clear: () => change(new Set()),
    push,
    undo,
    canUndo: steps.length > 0,
    forget,
  }
}

export type ChoiceOfFiles = ReturnType<typeof useChoice>
