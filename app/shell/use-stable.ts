'use client'
import { useLayoutEffect, useRef, useState } from 'react'

/** The same functions for the life of a component, each of which calls the newest of its name: lists of them stay drawn. */
export function useStable<T extends object>(newest: T): T {
  const latest = useRef(newest)
  useLayoutEffect(() => {
    latest.current = newest
  })
  const [stable] = useState(() => {
    const call =
      (name: string) =>
      (...args: unknown[]) =>
        Reflect.get(latest.current, name)(...args)
    return Object.fromEntries(Object.keys(newest).map((name) => [name, call(name)])) as T
  })
  return stable
}
