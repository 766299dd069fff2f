'use client'
import type { DeviceFacts } from '../../workers/bench/report'
import { Card } from '../dashboard/card'
import { useWords } from '../text/words'

/** What the figures were measured on, as far as the browser tells. */
export function FactsCard({ facts }: { facts: DeviceFacts | undefined }) {
  const { t } = useWords()
  const rows = useRows(facts)
  return (
    <Card title={t('benchDevice')}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm tabular-nums">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="text-right [overflow-wrap:anywhere]">{value ?? '…'}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

function useRows(facts: DeviceFacts | undefined): readonly (readonly [string, string | undefined])[] {
  const { t, format } = useWords()
  const memory = facts && (facts.memory_gib === null ? t('unknown') : `${format.number(facts.memory_gib)} GiB`)
  return [
    [t('benchBrowser'), facts && `${facts.browser} · ${facts.system}`],
    [t('cores'), facts && format.number(facts.cores)],
    [t('benchCore'), facts && t('speedOfReference', { percent: format.percent(facts.core_speed) })],
    [t('memory'), memory],
    [t('benchGpu'), facts && (facts.gpu ?? t('benchGpuNone'))],
    ['WASM SIMD', facts && t(facts.wasm_simd ? 'yes' : 'no')],
    [t('benchThreads'), facts && t(facts.threads ? 'yes' : 'no')],
  ]
}
