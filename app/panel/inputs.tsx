'use client'
import { ArrowUpDown, Trash2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { maskSlot } from '../mask/drawn-files'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { Section } from './section'
import { SlotBox } from './slot-box'

const MaskSlot = dynamic(() => import('../mask/mask-slot').then((module) => module.MaskSlot), { ssr: false })

export function Inputs() {
  const { t } = useWords()
  const { card, session, item, do: commands } = useBench()
  const mask = maskSlot(card)
  const others = card.inputs.filter(({ name }) => name !== card.batch)
  const swappable = session.items.length === 1 && others.find(({ name, foundBy }) => !foundBy && name in session.fixed)
  const any = session.items.length > 0 || Object.keys(session.fixed).length > 0
  return (
    <Section
      title={t('inputs')}
      aside={
        any && (
          <span className="flex gap-1">
            {swappable && (
              <Button look="quiet" size="small" onClick={() => commands.swap(swappable.name)}>
                <ArrowUpDown size={13} aria-hidden />
                {t('swap')}
              </Button>
            )}
            <Button look="quiet" size="small" onClick={commands.clear}>
              <Trash2 size={13} aria-hidden />
              {t('clear')}
            </Button>
          </span>
        )
      }
    >
      <div className="flex flex-col gap-2">
        {card.inputs.map((slot) =>
          slot === mask ? item && <MaskSlot key={slot.name} /> : <SlotBox key={slot.name} slot={slot} />,
        )}
      </div>
    </Section>
  )
}
