'use client'
import { useEffect, useState } from 'react'
import type { Capabilities as Measured } from '../../core/routing'
import { Section } from '../panel/section'
import { loadRunner } from '../run/load-runner'
import { BenchLink } from '../shell/bench-link'
import { useWords } from '../text/words'

/** What this device can do, as measured. */
export function Capabilities() {
  const { t, format } = useWords()
  const [measured, setMeasured] = useState<Measured | null>(null)
  useEffect(() => {
    void loadRunner()
      .then(({ runner }) => runner.capabilities())
      .then(setMeasured, () => {})
  }, [])

  const yes = (has: boolean) => t(has ? 'yes' : 'no')
  const rows: readonly (readonly [string, string])[] = measured
    ? [
        [t('cores'), format.number(measured.cores)],
        [t('memory'), measured.memoryGiB === null ? t('unknown') : `${format.number(measured.memoryGiB)} GiB`],
        [t('speed'), t('speedOfReference', { percent: format.percent(1 / measured.slowness) })],
        ['WebGPU', yes(measured.webgpu)],
        ['WASM SIMD', yes(measured.wasmSimd)],
        [t('threads'), yes(measured.threads)],
      ]
    : []
  return (
    <Section title={t('thisDevice')}>
      {measured ? (
        <dl className="grid grid-cols-[1fr_auto] gap-y-1.5 text-sm tabular-nums">
          {rows.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="text-right">{value}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="text-muted text-sm">{t('measuring')}</p>
      )}
      <BenchLink className="inline-flex h-8 items-center gap-2 self-start rounded-md border border-line bg-raised px-3 text-sm transition-colors duration-150 hover:border-line-strong hover:bg-pressed max-md:h-11 [&>svg]:size-4" />
    </Section>
  )
}
