import type { Locale } from '../../core/text'
import type { en } from './en'

/** A text that depends on a number; `{count}` stands for it. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }

/** The same texts in another language. One that lacks a text does not compile. */
export type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : Plural }

/** Every text of the page. */
export type Dictionary = Translated<typeof en>
export type TextKey = keyof Dictionary

const LOADERS: Readonly<Record<Locale, () => Promise<Dictionary>>> = {
  en: () => import('./en').then((module) => module.en),
  ru: () => import('./ru').then((module) => module.ru),
  zh: () => import('./zh').then((module) => module.zh),
}

export const loadDictionary = (locale: Locale): Promise<Dictionary> => LOADERS[locale]()
