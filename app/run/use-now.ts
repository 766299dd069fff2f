'use client'
import { useEffect, useState } from 'react'

const TICK_MS = 500

/** Milliseconds of a clock that never goes back; draws again twice a second. */
export function useNow(): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
