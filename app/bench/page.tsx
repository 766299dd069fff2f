import type { Metadata } from 'next'
import { loadDictionary } from '../text/dictionary'
import { requestLocale } from '../text/request-locale'
import { createTranslate } from '../text/translate'
import { allCards } from '../tools/all-cards'
import { BenchPage } from './bench-page'
import { benchTool } from './bench-tool'

export async function generateMetadata(): Promise<Metadata> {
  const locale = await requestLocale()
  const t = createTranslate(await loadDictionary(locale), locale)
  return { title: t('bench'), description: t('benchAbout') }
}

export default async function Page() {
  return <BenchPage tools={(await allCards()).flatMap(benchTool)} />
}
