'use client'
import { useLayoutEffect, useRef, useState } from 'react'

type Functions<T> = { readonly [K in keyof T]: (...args: never[]) => unknown }

/** The same functions for the life of a component, each of which calls the newest of its name: lists of them stay drawn. */
export function useStable<T extends Functions<T>>(newest: T): T {
  const latest = useRef(newest)
  useLayoutEffect(() => {
    latest.current = newest
  })
  const [stable] = useState(() => {
    const names = Object.keys(newest) as (keyof T)[]
    return Object.fromEntries(names.map((name) => [name, (...args: never[]) => latest.current[name](...args)])) as T
  })
  return stable
}
