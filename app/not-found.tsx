import { loadDictionary } from './text/dictionary'
import { requestLocale } from './text/request-locale'
import { createTranslate } from './text/translate'

export default async function NotFound() {
  const locale = await requestLocale()
  const t = createTranslate(await loadDictionary(locale), locale)
  return (
    <main className="grid h-dvh place-content-center justify-items-center gap-3 p-6 text-center">
      <h1 className="font-semibold text-lg">{t('notFoundTitle')}</h1>
      <p className="text-muted text-sm">{t('notFoundHelp')}</p>
      <a href="/" className="text-accent-text underline underline-offset-2">
        {t('toWorkbench')}
      </a>
    </main>
  )
}
