import type { Metadata } from 'next'
import { loadDictionary } from '../text/dictionary'
import { requestLocale } from '../text/request-locale'
import { createTranslate } from '../text/translate'
import { FolderPage } from './folder-page'

export async function generateMetadata(): Promise<Metadata> {
  const locale = await requestLocale()
  const t = createTranslate(await loadDictionary(locale), locale)
  return { title: t('folder'), description: t('folderAbout') }
}

export default function Page() {
  return <FolderPage />
}
