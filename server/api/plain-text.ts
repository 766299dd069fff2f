import type { Issue } from '../../core/errors'

/** Whether databases can hold a text: no NUL in it, and no half of a character. */
export const isPlainText = (text: string): boolean => !text.includes('\0') && !/\p{Cs}/u.test(text)

export const NOT_PLAIN = 'Value error, Text should not contain NUL or half characters'

/** One for each text within a value, or name of a property, that no database could hold. */
export function strangeTexts(value: unknown, path: Issue['path'] = []): Issue[] {
  if (typeof value === 'string') return isPlainText(value) ? [] : [{ path, type: 'value_error', message: NOT_PLAIN }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    isPlainText(name) ? strangeTexts(inner, [...path, name]) : [{ path, type: 'value_error', message: NOT_PLAIN }],
  )
}
