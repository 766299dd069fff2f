'use client'
import type { Decision } from '../../core/routing'
import { Section } from '../panel/section'
import { useQuestion } from '../run/use-question'
import { useBench } from '../shell/bench'
import { useReasonText } from '../text/reason-text'
import { useWords } from '../text/words'
import type { ToolCard } from '../tools/card'
import { ToolIcon } from '../tools/tool-icon'
import { toolWords } from '../tools/tool-words'

const SECOND_MS = 1000

const secondsOf = ({ place, deviceSeconds, serverSeconds }: Decision): number =>
  place === 'device' ? deviceSeconds : (serverSeconds ?? 0)

/** Where each tool would run now. */
export function Places({ cards }: { cards: readonly ToolCard[] }) {
  const { t } = useWords()
  return (
    <Section title={t('whereEach')}>
      <ul className="flex flex-col gap-2">
        {cards.map((card) => (
          <Place key={card.id} card={card} />
        ))}
      </ul>
    </Section>
  )
}

function Place({ card }: { card: ToolCard }) {
  const { t, locale, format } = useWords()
  const reason = useReasonText()
  const answer = useQuestion(card)
  const { card: current, item } = useBench()
  const given = card.id === current.id && item !== undefined
  return (
    <li className="flex gap-3 rounded-lg bg-raised p-3">
      <span className="text-muted">
        <ToolIcon node={card.icon} />
      </span>
      <div className="min-w-0 text-sm">
        <p className="font-medium">{toolWords(card, locale).title}</p>
        {answer === null ? (
          <p className="text-muted text-xs">{t('measuring')}</p>
        ) : typeof answer === 'string' ? (
          <p className="text-wrong text-xs">{answer}</p>
        ) : (
          <p className="text-muted text-xs">
            <span className="text-ink">{t(answer.place === 'device' ? 'onDevice' : 'onServer')}.</span>{' '}
            {reason(answer.reason)} {given && t('estimate', { time: format.duration(SECOND_MS * secondsOf(answer)) })}
          </p>
        )}
      </div>
    </li>
  )
}
