'use client'
import { FRACTION_DIGITS } from './formats'
import { useWords } from './words'

/** A value of a result as people read it: whole numbers plain, others with as many digits as scores have. */
export function useValueText(): (value: unknown, fraction: boolean) => string {
  const { t, format } = useWords()
  return (value, fraction) => {
    if (value === null || value === undefined) return '–'
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    return typeof value === 'number' ? format.fixed(value, fraction ? FRACTION_DIGITS : 0) : String(value)
  }
}
