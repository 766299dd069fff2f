'use client'
import { RotateCcw } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useBench } from '../shell/bench'
import { sameValue } from '../state/remembered-params'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { Control } from './control'
import { Section } from './section'
import type { Step } from './steps'

const StepsControl = dynamic(() => import('./steps-control').then((module) => module.StepsControl))

export function Settings() {
  const { t } = useWords()
  const { card, words, session, result, wrong, do: commands } = useBench()
  const changed = card.fields.some(({ name, initial }) => !sameValue(session.params[name], initial))
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
          {card.fields.map((field) =>
            field.control === 'steps' ? (
              <StepsControl
                key={field.name}
                field={field}
                value={session.params[field.name] as readonly Step[]}
                onChange={(value) => commands.set(field.name, value)}
              />
            ) : (
              <Control
                key={field.name}
                field={field}
                place={field.name}
                value={session.params[field.name]}
                words={words.field(field.name)}
                label={(option) => words.label(option, option)}
                live={result?.live && card.live.includes(field.name)}
                problem={wrong[field.name]}
                onChange={(value) => commands.set(field.name, value)}
              />
            ),
          )}
        </div>
      </Section>
    </div>
  )
}
