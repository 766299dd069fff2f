'use client'
import { MonitorDown } from 'lucide-react'
import { Section } from '../panel/section'
import { installPrompt } from '../state/install'
import { useStore } from '../state/store'
import { useWords } from '../text/words'
import { Button } from '../ui/button'

/** There when the browser offers it. */
export function InstallApp() {
  const { t } = useWords()
  const prompt = useStore(installPrompt)
  if (!prompt) return null
  return (
    <Section title={t('app')}>
      <p className="text-muted text-xs">{t('installHelp')}</p>
      <Button className="self-start" onClick={() => prompt.prompt()}>
        <MonitorDown size={14} aria-hidden />
        {t('install')}
      </Button>
    </Section>
  )
}
