'use client'
import type { ResultField } from '../tools/card'
import type { ToolWords } from '../tools/tool-words'
import { FRACTION_DIGITS } from './formats'
import { useWords } from './words'

type Described = Pick<ResultField, 'fraction' | 'unit' | 'words'>

const PIXEL_DIGITS = 2 // finer than a hundredth of a pixel is noise

/** A value of a result as people read it: grouped numbers, others than whole with as many digits as scores have. */
export function useValueText(words: ToolWords): (value: unknown, field: Described) => string {
  const { t, format } = useWords()
  return (value, { fraction, unit, words: meanings }) => {
    if (value === null || value === undefined) return '–'
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    if (typeof value !== 'number') return named(String(value), meanings, words)
    if (unit === 'share') return format.percent(value)
    return format.fixed(value, fraction ? (unit === 'px' ? PIXEL_DIGITS : FRACTION_DIGITS) : 0)
  }
}

function named(value: string, meanings: Described['words'], words: ToolWords): string {
  const english = meanings?.[value]
  return english === undefined ? value : words.label(english, english)
}
