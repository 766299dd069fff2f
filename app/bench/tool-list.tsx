'use client'
import type { BenchReport } from '../../workers/bench/report'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { type BenchTool, backendsOf } from './bench-tool'
import { deviceName } from './export-report'
import { GRID } from './grid'
import { ResultActions } from './result-actions'
import { ToolRow } from './tool-row'
import { type BenchState, reportOf } from './use-measurements'

interface ToolListProps {
  tools: readonly BenchTool[]
  state: BenchState
  chosen: ReadonlySet<string>
  choose: (chosen: ReadonlySet<string>) => void
  other: BenchReport | undefined
  endCompare: () => void
  onCompare: (file: File) => void
}

/** Every tool with what is to be measured, and below its name what was. */
export function ToolList({ tools, state, chosen, choose, other, endCompare, onCompare }: ToolListProps) {
  const { t } = useWords()
  const isLocked = state.work !== undefined
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    choose(next)
  }
  return (
    <section aria-labelledby="bench-tools" className="rounded-xl border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-2 px-5 py-4 max-md:px-4">
        <h2 id="bench-tools" className="mr-auto font-semibold text-base">
          {t('benchTools')}
        </h2>
        <ResultActions report={state.work ? undefined : reportOf(state)} onCompare={onCompare} />
      </div>
      {other && <Compared other={other} onEnd={endCompare} />}
      <div className="flex items-center gap-1 border-line border-t px-5 py-1.5 max-md:px-4">
        <Button
          size="small"
          look="quiet"
          disabled={isLocked}
          onClick={() => choose(new Set(tools.map(({ id }) => id)))}
        >
          {t('benchAll')}
        </Button>
        <Button size="small" look="quiet" disabled={isLocked} onClick={() => choose(new Set())}>
          {t('benchNone')}
        </Button>
        <Heads />
      </div>
      <ul>
        {tools.map((tool) => (
          <ToolRow
            key={tool.id}
            tool={tool}
            backends={backendsOf(tool, Boolean(state.facts?.gpu))}
            isChosen={chosen.has(tool.id)}
            isLocked={isLocked}
            onToggle={() => toggle(tool.id)}
            {...{ state, other }}
          />
        ))}
      </ul>
    </section>
  )
}

/** The columns are named once where there is room for columns; each figure names itself for those who do not see them. */
function Heads() {
  const { t } = useWords()
  return (
    <div aria-hidden className={`ml-auto text-muted text-xs max-lg:hidden ${GRID.line} ${GRID.beside}`}>
      <span />
      <span className="text-right">{t('benchMedian')}</span>
      <span className="text-right">{t('benchFirst')}</span>
      <span className="text-right">{t('benchLoad')}</span>
      <span className="text-right">{t('benchMemory')}</span>
    </div>
  )
}

function Compared({ other, onEnd }: { other: BenchReport; onEnd: () => void }) {
  const { t, locale } = useWords()
  const date = new Date(other.made_at).toLocaleDateString(locale, { dateStyle: 'medium' })
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-t bg-raised px-5 py-2 text-sm max-md:px-4">
      <span className="h-1.5 w-6 rounded-full bg-line-strong" aria-hidden />
      <p className="min-w-0 grow basis-60">{t('benchCompared', { device: deviceName(other.device), date })}</p>
      <Button size="small" look="quiet" onClick={onEnd}>
        {t('benchEndCompare')}
      </Button>
    </div>
  )
}
