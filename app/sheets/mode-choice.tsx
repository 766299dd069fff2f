'use client'
import { RadioGroup } from 'radix-ui'
import { Section } from '../panel/section'
import { MODES, mode } from '../state/preferences'
import { useStore } from '../state/store'
import { useWords } from '../text/words'

export function ModeChoice() {
  const { t } = useWords()
  const chosen = useStore(mode)
  return (
    <Section title={t('whereToRun')}>
      <RadioGroup.Root
        aria-label={t('whereToRun')}
        value={chosen}
        onValueChange={(next) => mode.set(next as typeof chosen)}
        className="flex flex-col gap-1"
      >
        {MODES.map((value) => (
          <RadioGroup.Item
            key={value}
            value={value}
            className="group flex items-start gap-3 rounded-lg border border-line p-3 text-left transition-colors duration-150 hover:border-line-strong data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
          >
            <span className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-strong group-data-[state=checked]:border-accent">
              <RadioGroup.Indicator className="block size-2 rounded-full bg-accent" />
            </span>
            <span>
              <span className="block font-medium text-sm">{t(`mode_${value}`)}</span>
              <span className="block text-muted text-xs group-data-[state=checked]:text-ink">
                {t(`modeHelp_${value}`)}
              </span>
            </span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </Section>
  )
}
