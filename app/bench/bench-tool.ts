import type { Sample } from '../../core/operator'
import type { Locale } from '../../core/text'
import type { BenchJob } from '../../workers/bench/measure'
import { BENCH_BACKENDS, type BenchBackend } from '../../workers/bench/report'
import type { ToolCard } from '../tools/card'
import type { IconNode } from '../tools/icon-node'

/** What the page has to know of a tool: its first sample is what is measured. */
export interface BenchTool {
  readonly id: string
  readonly icon: IconNode
  readonly usesModels: boolean
  readonly sample: Sample
  readonly title: string
  readonly titles: Readonly<Partial<Record<Locale, { readonly title?: string; readonly sample?: string }>>>
}

/** Nothing for a tool without a sample. */
export function benchTool({ id, icon, title, models, samples: [sample], text }: ToolCard): BenchTool[] {
  if (!sample) return []
  const { ru, zh } = text
  const words = (spoken: typeof ru) => ({ title: spoken?.title, sample: spoken?.labels?.[sample.title] })
  return [{ id, icon, title, usesModels: models.length > 0, sample, titles: { ru: words(ru), zh: words(zh) } }]
}

export const titleOf = ({ title, titles }: BenchTool, locale: Locale): string => titles[locale]?.title ?? title

export const sampleTitleOf = ({ sample, titles }: BenchTool, locale: Locale): string =>
  titles[locale]?.sample ?? sample.title

/** Where a tool is measured: on the GPU only what runs models, and only where there is one. */
export const backendsOf = ({ usesModels }: BenchTool, hasGpu: boolean): readonly BenchBackend[] =>
  BENCH_BACKENDS.filter((backend) => backend === 'wasm' || (usesModels && hasGpu))

export const jobsOf = (tools: readonly BenchTool[], hasGpu: boolean): BenchJob[] =>
  tools.flatMap((tool) =>
    backendsOf(tool, hasGpu).map((backend) => ({
      tool: tool.id,
      backend,
      files: tool.sample.files,
      params: tool.sample.params ?? {},
    })),
  )

export const BACKEND_NAMES: Readonly<Record<BenchBackend, string>> = { wasm: 'WASM', webgpu: 'WebGPU' }
