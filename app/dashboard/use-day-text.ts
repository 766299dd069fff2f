import { useMemo } from 'react'
import { useWords } from '../text/words'

/** A day as the server counts it, in UTC: `Nov 21`. */
export function useDayText(): (day: string) => string {
  const { locale } = useWords()
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
    return (day) => format.format(new Date(`${day}T00:00:00Z`))
  }, [locale])
}
