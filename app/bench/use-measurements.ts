'use client'
import { useEffect, useReducer, useRef } from 'react'
import type { BenchJob, BenchStep, MeasureOptions } from '../../workers/bench/measure'
import { BENCH_FORMAT, type BenchReport, type BenchResult, type DeviceFacts } from '../../workers/bench/report'
import { type BenchTool, jobsOf } from './bench-tool'

interface Work {
  readonly job: BenchJob
  readonly step: BenchStep
  /** Of the jobs. */
  readonly done: number
  readonly total: number
}

export interface BenchState {
  /** Undefined while they are read; then nothing can be measured. */
  readonly facts: DeviceFacts | undefined
  readonly work: Work | undefined
  /** The last of each tool and backend. */
  readonly results: readonly BenchResult[]
  readonly wasStopped: boolean
}

type Change =
  | { readonly type: 'facts read'; readonly facts: DeviceFacts }
  | { readonly type: 'stepped'; readonly work: Work }
  | { readonly type: 'measured'; readonly result: BenchResult }
  | { readonly type: 'ended'; readonly wasStopped: boolean }

/** What else was chosen for a run. */
export type Wish = Pick<MeasureOptions, 'runs' | 'memory'>

const START: BenchState = { facts: undefined, work: undefined, results: [], wasStopped: false }

function change(state: BenchState, event: Change): BenchState {
  switch (event.type) {
    case 'facts read':
      return { ...state, facts: event.facts }
    case 'stepped':
      return { ...state, work: event.work, wasStopped: false }
    case 'measured':
      return { ...state, results: [...state.results.filter((other) => !isSame(other, event.result)), event.result] }
    case 'ended':
      return { ...state, work: undefined, wasStopped: event.wasStopped }
  }
}

type Which = Pick<BenchResult, 'tool' | 'backend'>
export const isSame = (a: Which, b: Which): boolean => a.tool === b.tool && a.backend === b.backend

/** What is measured on this page. The code that measures comes when the page is there. */
export function useMeasurements() {
  const [state, tell] = useReducer(change, START)
  const stopping = useRef<AbortController>(undefined)

  useEffect(() => {
    let isGone = false
    void import('../../workers/bench/device-facts')
      .then(({ deviceFacts }) => deviceFacts())
      .then((facts) => isGone || tell({ type: 'facts read', facts }))
    return () => {
      isGone = true
      stopping.current?.abort()
    }
  }, [])

  async function start(tools: readonly BenchTool[], wish: Wish): Promise<void> {
    const jobs = jobsOf(tools, Boolean(state.facts?.gpu))
    const stopper = new AbortController()
    stopping.current = stopper
    const { signal } = stopper
    const awake = await keepAwake()
    let done = 0
    try {
      const { runBench } = await import('../../workers/bench/run-bench')
      await runBench(jobs, {
        ...wish,
        signal,
        onStep: (job, step) =>
          signal.aborted || tell({ type: 'stepped', work: { job, step, done, total: jobs.length } }),
        onResult: (result) => {
          done += 1
          tell({ type: 'measured', result })
        },
      })
    } finally {
      await awake?.release()
      tell({ type: 'ended', wasStopped: signal.aborted })
    }
  }

  return { state, start, stop: () => stopping.current?.abort() }
}

/** A screen that goes dark slows the device down. */
const keepAwake = () => navigator.wakeLock?.request('screen').catch(() => undefined)

/** Nothing before there is anything to tell. */
export function reportOf({ facts, results }: BenchState): BenchReport | undefined {
  if (!facts || results.length === 0) return undefined
  return { format: BENCH_FORMAT, made_at: new Date().toISOString(), device: facts, results }
}
