'use client'
import { ResultSteps } from '../mask/result-steps'
import { useBench } from '../shell/bench'
import { Inputs } from './inputs'
import { Result } from './result'
import { RunBar } from './run-bar'
import { Settings } from './settings'

/** Inputs, settings, Run and the result of the tool that is open. On a phone the dock has the Run button. */
export function Panel({ withRun }: { withRun: boolean }) {
  const { words, item } = useBench()
  return (
    <div className="flex min-h-full flex-col">
      {!item && <p className="px-4 pt-4 text-muted text-sm">{words.summary}</p>}
      <Inputs />
      <Settings />
      {withRun && (
        <div className="sticky bottom-0 z-10 border-line border-y bg-surface px-4 py-3">
          <RunBar />
        </div>
      )}
      <ResultSteps />
      <Result />
    </div>
  )
}
