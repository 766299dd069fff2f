'use client'
import { Boxes } from 'lucide-react'
import { Section } from '../panel/section'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import { Button } from '../ui/button'

/** The way to the shelf from what this device is about. */
export function ModelsLink() {
  const { t } = useWords()
  const { do: commands } = useBench()
  return (
    <Section title={t('models')}>
      <p className="text-muted text-xs">{t('modelsHelp')}</p>
      <Button className="self-start" onClick={() => commands.show('models')}>
        <Boxes size={14} aria-hidden />
        {t('modelPickOpen')}
      </Button>
    </Section>
  )
}
