'use client'
import { useEffect, useRef } from 'react'
import type { RunOutcome } from '../../workers/runner'
import type { ShownResult } from '../run/shown-result'
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

interface ResultViewProps {
  outcome: RunOutcome
  result: ShownResult
  /** Of the file it was made from. */
  name: string
}

/** Everything that came out of the picture in view. */
export function ResultView({ outcome, result, name }: ResultViewProps) {
  const { t } = useWords()
  const { card } = useBench()
  const top = useRef<HTMLDivElement>(null)

  // A new result comes into sight by itself; one that was there before is simply shown.
  const before = useRef(outcome)
  useEffect(() => {
    const isOpening = before.current === outcome
    // In the sheet of a phone it is what one has come for.
    const block = isOpening && !matchMedia('(min-width: 48rem)').matches ? 'start' : 'nearest'
    top.current?.scrollIntoView({ block, behavior: isOpening ? 'instant' : 'smooth' })
    before.current = outcome
  }, [outcome])

  const rows = card.table ? (result.data[card.table.field] as readonly Record<string, unknown>[]) : []
  return (
    <Section title={t('result')}>
      <div ref={top} className="scroll-my-4 max-md:scroll-mt-14">
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
