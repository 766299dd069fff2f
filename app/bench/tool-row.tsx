'use client'
import { type BenchBackend, type BenchReport, hasFailed } from '../../workers/bench/report'
import { useWords } from '../text/words'
import { ToolIcon } from '../tools/tool-icon'
import { BackendLine } from './backend-line'
import { type BenchTool, sampleTitleOf, titleOf } from './bench-tool'
import { GRID } from './grid'
import { type BenchState, isSame } from './use-measurements'

interface ToolRowProps {
  tool: BenchTool
  backends: readonly BenchBackend[]
  state: BenchState
  other: BenchReport | undefined
  isChosen: boolean
  isLocked: boolean
  onToggle: () => void
}

export function ToolRow({ tool, backends, state, other, isChosen, isLocked, onToggle }: ToolRowProps) {
  const { t, locale } = useWords()
  const title = titleOf(tool, locale)
  const measured = state.results.filter((result) => result.tool === tool.id)
  const theirs = other?.results.filter((result) => result.tool === tool.id) ?? []
  // What only the other device has is shown as well.
  const shown = [...new Set([...backends, ...theirs.map(({ backend }) => backend)])]
  const times = [...measured, ...theirs].flatMap((result) => (hasFailed(result) ? [] : [result.median_ms]))
  const find = (from: typeof measured, backend: BenchBackend) =>
    from.find((result) => isSame(result, { tool: tool.id, backend }))
  return (
    <li className="flex items-start gap-x-4 border-line border-t px-5 py-3 max-lg:flex-col max-lg:gap-y-2 max-md:px-4">
      <label className="flex min-h-9 w-72 shrink-0 cursor-pointer items-center gap-3 max-lg:w-full max-md:min-h-11">
        <input
          type="checkbox"
          checked={isChosen}
          disabled={isLocked}
          onChange={onToggle}
          aria-label={t('benchChoose', { name: title })}
          className="size-4 shrink-0 accent-(--accent)"
        />
        <span className={isChosen ? 'text-accent-text' : 'text-muted'}>
          <ToolIcon node={tool.icon} />
        </span>
        <span className="flex min-w-0 flex-col">
          <span className="font-medium text-sm">{title}</span>
          <span className="text-muted text-xs">{sampleTitleOf(tool, locale)}</span>
        </span>
      </label>
      <div className={`flex min-w-0 grow flex-col gap-2 max-lg:w-full ${GRID.beside}`}>
        {shown.map((backend) => (
          <BackendLine
            key={backend}
            backend={backend}
            longest={times.length > 1 ? Math.max(...times) : undefined}
            isRunning={state.work !== undefined && isSame(state.work.job, { tool: tool.id, backend })}
            mine={find(measured, backend)}
            theirs={find(theirs, backend)}
          />
        ))}
      </div>
    </li>
  )
}
