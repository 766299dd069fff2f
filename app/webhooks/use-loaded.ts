import { useCallback, useEffect, useState } from 'react'
import { type Failure, failure } from '../../core/errors'

export interface Loaded<T> {
  /** What came last; stays while it is loaded again. */
  readonly value: T | undefined
  readonly failed: Failure | undefined
  readonly loading: boolean
  reload(): void
}

/** Loads at once, and again on `reload` or when `load` changes; only the newest answer counts. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [value, setValue] = useState<T>()
  const [failed, setFailed] = useState<Failure>()
  const [loading, setLoading] = useState(true)
  const [ask, setAsk] = useState({})

  useEffect(() => {
    const newer = new AbortController()
    const settle = (next: T | undefined, error: Failure | undefined) => {
      if (newer.signal.aborted) return
      if (next !== undefined) setValue(next)
      setFailed(error)
      setLoading(false)
    }
    setLoading(true)
    load(newer.signal).then(
      (next) => settle(next, undefined),
      (error) => settle(undefined, failure(error)),
    )
    return () => newer.abort()
  }, [load, ask])

  return { value, failed, loading, reload: useCallback(() => setAsk({}), []) }
}
