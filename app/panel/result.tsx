'use client'
import { useEffect, useRef } from 'react'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import { CompareButton } from '../vectors/compare-button'
import { Downloads } from './downloads'
import { Drawings } from './drawings'
import { Figures } from './figures'
import { ResultTable } from './result-table'
import { Section } from './section'
import { Times } from './times'
import { Warnings } from './warnings'

/** Everything that came out of the picture in view. */
export function Result() {
  const { t } = useWords()
  const { card, item, result, failure, session } = useBench()
  const top = useRef<HTMLDivElement>(null)
  const outcome = item?.run.status === 'done' ? item.run.outcome : undefined

  // A new result comes into sight by itself; one that was there before is simply shown.
  const before = useRef(outcome)
  useEffect(() => {
    const behavior = before.current === outcome ? 'instant' : 'smooth'
    if (outcome) top.current?.scrollIntoView({ block: 'nearest', behavior })
    before.current = outcome
  }, [outcome])

  if (!item || !outcome || !result) {
    const waiting = session.items.length > 0 && !failure
    return waiting && <p className="px-4 py-6 text-center text-muted text-xs">{t('noResultYet')}</p>
  }
  const rows = card.table ? (result.data[card.table.field] as readonly Record<string, unknown>[]) : []
  const { name } = item.picture.file
  return (
    <Section title={t('result')}>
      <div ref={top} className="scroll-my-4">
        <Figures data={result.data} />
      </div>
      <Warnings data={result.data} />
      <Drawings data={result.data} />
      {card.vectors && (
        <div className="flex">
          <CompareButton />
        </div>
      )}
      {card.table && <ResultTable columns={card.table.columns} rows={rows} name={name} />}
      <Downloads {...{ outcome, result, rows, name }} />
      <Times outcome={outcome} />
    </Section>
  )
}
