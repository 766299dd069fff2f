import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import './globals.css'
import { loadDictionary } from './text/dictionary'
import { requestLocale } from './text/request-locale'
import { WordsProvider } from './text/words'

export const metadata: Metadata = {
  title: { default: 'Darkroom', template: '%s · Darkroom' },
  description: 'A workbench for pictures that stays on your device.',
  applicationName: 'Darkroom',
  icons: { icon: '/icons/icon.svg', apple: '/icons/icon-192.png' },
  appleWebApp: { capable: true, title: 'Darkroom', statusBarStyle: 'black-translucent' },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: dark)', color: '#1a1c1e' },
    { media: '(prefers-color-scheme: light)', color: '#fbfaf8' },
  ],
}

export default async function Layout({ children }: { children: ReactNode }) {
  const locale = await requestLocale()
  return (
    // The theme script writes on this element before React sees it.
    <html lang={locale} suppressHydrationWarning>
      <head>
        <script src="/theme.js" />
      </head>
      <body>
        <WordsProvider locale={locale} dictionary={await loadDictionary(locale)}>
          {children}
        </WordsProvider>
      </body>
    </html>
  )
}
