import type { Metadata } from 'next'
import { loadDictionary } from '../text/dictionary'
import { requestLocale } from '../text/request-locale'
import { createTranslate } from '../text/translate'
import { Dashboard } from './dashboard'

export async function generateMetadata(): Promise<Metadata> {
  const locale = await requestLocale()
  const t = createTranslate(await loadDictionary(locale), locale)
  return { title: t('dashboard'), description: t('dashboardAbout') }
}

export default function Page() {
  return <Dashboard />
}
