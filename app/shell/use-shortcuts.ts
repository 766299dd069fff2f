'use client'
import { useEffect, useEffectEvent } from 'react'
import { type ActionId, actionFor } from './actions'

type Handlers = Readonly<Partial<Record<ActionId, () => void>>>

const PLAIN_KEYS_BELONG_TO =
  'input, textarea, select, [role=slider], [role=combobox], [role=menu], [role=listbox], [role=tablist]'

/** What Space presses or scrolls. */
const SPACE_BELONGS_TO = 'button, a, summary, [tabindex]:not([role=application])'

/** Calls what the key means. Single keys are left to whatever control has the focus, all keys to an open dialog. */
export function useShortcuts(down: Handlers, up: Handlers): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const id = actionFor(event)
    const handler = id && (event.type === 'keydown' ? down : up)[id]
    if (!handler || event.defaultPrevented || !isFree(event)) return
    event.preventDefault()
    handler()
  })

  const releaseAll = useEffectEvent(() => {
    for (const release of Object.values(up)) release()
  })

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', onKey)
    window.addEventListener('keyup', onKey)
    const onBlur = () => releaseAll()
    window.addEventListener('blur', onBlur) // keys that come up over another window are not told of
    return () => {
      window.removeEventListener('blur', onBlur)
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('keyup', onKey)
    }
  }, [])
}

/** Whether a key press is for the page: not for a control that has the focus, and not under an open dialog. */
export function isFree({ target, ctrlKey, metaKey, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return true
  if (document.querySelector('[role=dialog]')) return false
  if (key === ' ' && target.closest(SPACE_BELONGS_TO)) return false
  return ctrlKey || metaKey || key === 'Escape' || !target.closest(PLAIN_KEYS_BELONG_TO)
}
