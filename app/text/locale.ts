import { LOCALES, type Locale } from '../../core/text'

/** A cookie, so that the server can already write the page in the language that was chosen. */
export const LOCALE_COOKIE = 'locale'

const isLocale = (value: string): value is Locale => LOCALES.some((locale) => locale === value)

/** The first language in the list that the page speaks; English when there is none. */
export function chooseLocale(languages: readonly string[]): Locale {
  return languages.map((tag) => tag.trim().toLowerCase().split(/[-;]/)[0]).find(isLocale) ?? 'en'
}

/** Languages of an `Accept-Language` header, most wanted first. */
export function acceptedLanguages(header: string): string[] {
  return header
    .split(',')
    .map((part) => ({ tag: part.split(';')[0].trim(), weight: Number(/;\s*q=([\d.]+)/.exec(part)?.[1] ?? 1) }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)
}

/** What this browser chose earlier, or else asks for. */
export function browserLocale(): Locale {
  const chosen = new RegExp(`(?:^|; )${LOCALE_COOKIE}=(\\w+)`).exec(document.cookie)?.[1]
  return chooseLocale(chosen ? [chosen] : navigator.languages)
}

const YEAR_SECONDS = 31_536_000

export function rememberLocale(locale: Locale): void {
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is missing in Firefox
  document.cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`
}
