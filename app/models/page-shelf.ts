'use client'
import { useEffect, useState } from 'react'
import type { ShelfStore } from './shelf-store'

let loading: Promise<ShelfStore> | undefined

/** The shelf of this page, with what it holds read once. Its code comes when something first asks for it. */
function loadShelf(): Promise<ShelfStore> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined // a lost connection must not last until the next visit
    throw error
  })
  return loading
}

async function load(): Promise<ShelfStore> {
  const { openShelf } = await import('./open-shelf')
  return openShelf()
}

/** Null while it is loaded. */
export function useShelf(): ShelfStore | null | 'failed' {
  const [shelf, setShelf] = useState<ShelfStore | null | 'failed'>(null)
  useEffect(() => {
    let gone = false
    loadShelf().then(
      (loaded) => gone || setShelf(loaded),
      () => gone || setShelf('failed'),
    )
    return () => {
      gone = true
    }
  }, [])
  return shelf
}
