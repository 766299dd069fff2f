import type { Locale } from '../../core/text'
import type { en } from './en'

/** A text that depends on a number; `{count}` stands for it. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }

/** Every text of the page. A language that lacks one does not compile. */
export type Dictionary = { readonly [K in keyof typeof en]: (typeof en)[K] extends string ? string : Plural }
export type TextKey = keyof Dictionary

const LOADERS: Readonly<Record<Locale, () => Promise<Dictionary>>> = {
  en: () => import('./en').then((module) => module.en),
  ru: () => import('./ru').then((module) => module.ru),
  zh: () => import('./zh').then((module) => module.zh),
}

export const loadDictionary = (locale: Locale): Promise<Dictionary> => LOADERS[locale]()
