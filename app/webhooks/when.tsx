'use client'
import type { TextKey } from '../text/dictionary'
import { useWords } from '../text/words'

/** A moment as the reader's clock has it, in a sentence with `{time}`. */
export function When({ text, time }: { text: TextKey; time: string }) {
  const { t, locale } = useWords()
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(time))
  return <time dateTime={time}>{t(text, { time: moment })}</time>
}
