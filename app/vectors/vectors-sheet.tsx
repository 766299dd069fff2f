'use client'
import { type ReactNode, useCallback, useId, useMemo, useState } from 'react'
import type { VectorSpec } from '../../core/operator'
import { Section } from '../panel/section'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import { Choice } from '../ui/choice'
import { Slider } from '../ui/slider'
import { comparable, type Entry, entriesOf } from './entries'
import { GroupList } from './group-list'
import type { Linkage } from './linkage'
import { type Cell, Matrix } from './matrix'
import { PairView } from './pair-view'
import { Remember } from './remember'
import { useComparison } from './use-comparison'
import { useRemembered } from './use-remembered'
import { VectorDownloads } from './vector-downloads'

/** The vectors of a batch beside each other: how alike each pair is, and what belongs together. */
export function VectorsSheet({ vectors }: { vectors: VectorSpec }) {
  const { t } = useWords()
  const { card, session } = useBench()
  const remembered = useRemembered(card.id)
  const made = useMemo(() => entriesOf(session.items, vectors), [session.items, vectors])
  const all = useMemo(() => [...made, ...remembered.shown], [made, remembered.shown])
  const entries = useMemo(() => comparable(all), [all])
  const keeping = <Remember made={made} {...{ remembered }} />
  return (
    <div className="flex flex-col">
      {all.length > entries.length && (
        <p className="bg-raised px-4 py-2 text-sm" role="status">
          {t('vectorsOther', { count: all.length - entries.length })}
        </p>
      )}
      {entries.length < 2 ? (
        <p className="px-4 py-10 text-center text-muted text-sm">{t('vectorsTooFew')}</p>
      ) : (
        <Compared {...{ entries, vectors }}>{keeping}</Compared>
      )}
      {entries.length < 2 && keeping}
    </div>
  )
}

const LINKAGES = ['average', 'single'] as const satisfies readonly Linkage[]
const ORDERS = ['group', 'given'] as const

interface ComparedProps {
  entries: readonly Entry[]
  vectors: VectorSpec
  /** Below the controls. */
  children: ReactNode
}

function Compared({ entries, vectors: { same }, children }: ComparedProps) {
  const { t, format } = useWords()
  const { card } = useBench()
  const [threshold, setThreshold] = useState(same)
  const [linkage, setLinkage] = useState<Linkage>('average')
  const [order, setOrder] = useState<(typeof ORDERS)[number]>('group')
  const [cell, setCell] = useState<Cell | null>(null)
  const comparison = useComparison(entries, linkage, threshold, order === 'group')
  const [grouping, ordering] = [useId(), useId()]

  const choose = useCallback(
    (member: number) => {
      const place = comparison.order.indexOf(member)
      setCell({ row: place, column: place })
    },
    [comparison.order],
  )
  const pair = pairAt(entries, comparison.order, cell ?? { row: 0, column: 1 })
  const cosine = pair ? comparison.cosines[pair[0] * entries.length + pair[1]] : 0
  const verdict = t(cosine >= threshold ? 'vectorsSame' : 'vectorsDifferent')
  const said =
    cell && pair
      ? t('vectorsCell', {
          a: entries[pair[0]].name,
          b: entries[pair[1]].name,
          cosine: format.fixed(cosine, 3),
          verdict,
        })
      : ''

  return (
    <div className="grid grid-cols-[minmax(0,1fr)_20rem] max-md:grid-cols-1">
      <div className="flex min-w-0 flex-col gap-3 p-4">
        <p className="text-muted text-xs">{t('vectorsHelp')}</p>
        <div className="mx-auto w-full max-w-[min(100%,calc(100dvh-13rem))]">
          <Matrix {...{ entries, comparison, threshold, cell, said }} onCell={setCell} />
        </div>
      </div>
      <div className="flex min-w-0 flex-col divide-y divide-line border-line md:border-l">
        <div className="p-4">
          {pair && <PairView a={entries[pair[0]]} b={entries[pair[1]]} {...{ cosine, threshold }} />}
        </div>
        <div className="flex flex-col gap-3 p-4">
          <div className="flex items-baseline justify-between text-sm tabular-nums">
            <span>{t('vectorsThreshold')}</span>
            <output>{format.fixed(threshold, 2)}</output>
          </div>
          <Slider value={threshold} min={0} max={1} step={0.01} label={t('vectorsThreshold')} onChange={setThreshold} />
          <p className="text-muted text-xs">
            {t('vectorsThresholdHelp', { default: format.number(same, 2) })} {t('vectorsPairs', comparison.pairs)}
          </p>
          <div className="grid grid-cols-2 gap-3">
            <label htmlFor={grouping} className="flex flex-col gap-1 text-muted text-xs">
              {t('vectorsLinkage')}
              <Choice
                id={grouping}
                value={linkage}
                options={LINKAGES.map((value) => ({ value, label: t(`vectorsLinkage_${value}`) }))}
                onChange={(next) => setLinkage(next as Linkage)}
              />
            </label>
            <label htmlFor={ordering} className="flex flex-col gap-1 text-muted text-xs">
              {t('vectorsOrder')}
              <Choice
                id={ordering}
                value={order}
                options={ORDERS.map((value) => ({ value, label: t(`vectorsOrder_${value}`) }))}
                onChange={(next) => setOrder(next as typeof order)}
              />
            </label>
          </div>
        </div>
        <Section
          title={t('vectorsGroups')}
          aside={
            <span className="text-muted text-xs tabular-nums">
              {t('vectorsSummary', { count: comparison.groups.length, alone: comparison.alone.length })}
            </span>
          }
        >
          <GroupList {...{ entries }} groups={comparison.groups} alone={comparison.alone} onChoose={choose} />
        </Section>
        <VectorDownloads name={card.id} {...{ entries, threshold }} cosines={comparison.cosines} />
        {children}
      </div>
    </div>
  )
}

function pairAt(entries: readonly Entry[], order: readonly number[], { row, column }: Cell) {
  const pair = [order[row], order[column]] as const
  return pair.every((member) => entries[member] !== undefined) ? pair : undefined
}
