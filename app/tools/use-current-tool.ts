'use client'
import { useSyncExternalStore } from 'react'
import type { ToolCard } from './card'

const MOVED = 'darkroom:moved'

/** The tool of the address. Changing it asks the server for nothing, so it works offline too. */
export function useCurrentTool(cards: readonly ToolCard[], served: string): [ToolCard, (id: string) => void] {
  const id = useSyncExternalStore(subscribe, fromAddress, () => served)
  const open = (next: string) => {
    history.pushState(null, '', `/tools/${next}`)
    window.dispatchEvent(new Event(MOVED))
  }
  return [cards.find((card) => card.id === id) ?? cards[0], open]
}

const fromAddress = () => /^\/tools\/([^/]+)/.exec(location.pathname)?.[1] ?? ''

function subscribe(listener: () => void) {
  for (const name of ['popstate', MOVED]) window.addEventListener(name, listener)
  return () => {
    for (const name of ['popstate', MOVED]) window.removeEventListener(name, listener)
  }
}
