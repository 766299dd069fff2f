'use client'
import { type RefObject, useEffect, useRef } from 'react'
import { createStore, useSelected } from '../state/store'

/** The control that is to have the focus as soon as it is there, by its `FieldProblem.key`. */
export const wantedField = createStore<string | null>(null)

const CONTROL = 'input, select, button, [role=slider]'

/** For the element around a control: moves the focus there when it was asked for. */
export function useWantedField<E extends HTMLElement>(key: string): RefObject<E | null> {
  const around = useRef<E>(null)
  const wanted = useSelected(wantedField, (one) => one === key)
  useEffect(() => {
    const control = around.current?.querySelector<HTMLElement>(CONTROL)
    if (!wanted || !control?.checkVisibility()) return // on a phone the same control is also in a panel that is not shown
    control.focus()
    control.scrollIntoView({ block: 'center' })
    wantedField.set(null)
  }, [wanted])
  return around
}
