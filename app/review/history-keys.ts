import type { KeyboardEvent } from 'react'
import { mode, type Review } from './use-review'

/** Undo of the picture goes before that of the page while the focus is here. */
export function historyKeys(event: KeyboardEvent, review: Review): void {
  const isMod = event.ctrlKey || event.metaKey
  const wantsRedo = isMod && (event.key.toLowerCase() === 'y' || (event.key.toLowerCase() === 'z' && event.shiftKey))
  const wantsUndo = isMod && event.key.toLowerCase() === 'z' && !event.shiftKey && review.canUndo
  if (event.key === 'Escape' && mode.get() !== 'select') mode.set('select')
  else if (wantsRedo) review.redo()
  else if (wantsUndo) review.undo()
  else return
  event.preventDefault()
  event.stopPropagation()
}
