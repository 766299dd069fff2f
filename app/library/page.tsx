import type { Metadata } from 'next'
import { loadDictionary } from '../text/dictionary'
import { requestLocale } from '../text/request-locale'
import { createTranslate } from '../text/translate'
import { LibraryPage } from './library-page'

export async function generateMetadata(): Promise<Metadata> {
  const locale = await requestLocale()
  const t = createTranslate(await loadDictionary(locale), locale)
  return { title: t('library'), description: t('libraryAbout') }
}

export default function Page() {
  return <LibraryPage />
}
