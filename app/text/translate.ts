import type { Locale } from '../../core/text'
import type { Dictionary, TextKey } from './dictionary'

export type Values = Readonly<Record<string, string | number>>
export type Translate = (key: TextKey, values?: Values) => string

/** Looks texts up and fills in `{name}`; numbers are written as the language writes them. */
export function createTranslate(dictionary: Dictionary, locale: Locale): Translate {
  const rules = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  const write = (value: string | number) => (typeof value === 'number' ? numbers.format(value) : value)

  return (key, values = {}) => {
    const text = dictionary[key]
    const chosen = typeof text === 'string' ? text : (text[rules.select(Number(values.count))] ?? text.other)
    return chosen.replace(/\{(\w+)\}/g, (hole, name: string) => (name in values ? write(values[name]) : hole))
  }
}
