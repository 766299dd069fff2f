'use client'
import { Section } from '../panel/section'
import { imageBytesSent } from '../run/load-runner'
import { useStore } from '../state/store'
import { useWords } from '../text/words'

export function Privacy() {
  const { t, format } = useWords()
  const sent = useStore(imageBytesSent)
  return (
    <Section title={t('leftDevice')}>
      <p className="flex items-baseline gap-2">
        <strong className="font-semibold text-2xl tabular-nums">{format.bytes(sent)}</strong>
        <span className="text-muted text-sm">{t('bytesSent')}</span>
      </p>
      <details className="text-sm">
        <summary className="cursor-pointer text-accent-text max-md:py-2">{t('checkYourself')}</summary>
        <ol className="mt-2 flex list-decimal flex-col gap-1 pl-5 text-muted text-xs">
          <li>{t('check1')}</li>
          <li>{t('check2')}</li>
          <li>{t('check3')}</li>
        </ol>
      </details>
    </Section>
  )
}
