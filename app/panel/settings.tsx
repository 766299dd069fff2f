'use client'
import { RotateCcw } from 'lucide-react'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { Control } from './control'
import { Section } from './section'

export function Settings() {
  const { t } = useWords()
  const { card, session, do: commands } = useBench()
  const changed = card.fields.some(({ name, initial }) => session.params[name] !== initial)
  return (
    <div className="border-line border-t">
      <Section
        title={t('settings')}
        aside={
          changed && (
            <Button look="quiet" size="small" onClick={commands.resetParams}>
              <RotateCcw size={13} aria-hidden />
              {t('reset')}
            </Button>
          )
        }
      >
        <div className="flex flex-col gap-4">
          {card.fields.map((field) => (
            <Control key={field.name} field={field} />
          ))}
        </div>
      </Section>
    </div>
  )
}
