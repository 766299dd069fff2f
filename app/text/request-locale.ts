import { cookies, headers } from 'next/headers'
import type { Locale } from '../../core/text'
import { acceptedLanguages, chooseLocale, LOCALE_COOKIE } from './locale'

/** The language to write a page in: the one chosen on it, else the one the browser asks for. */
export async function requestLocale(): Promise<Locale> {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value
  return chooseLocale(chosen ? [chosen] : acceptedLanguages((await headers()).get('accept-language') ?? ''))
}
