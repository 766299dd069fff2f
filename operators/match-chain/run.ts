import { type Issue, ToolError } from '../../core/errors'
import {
  type Artefact,
  artefactFile,
  type Check,
  type Decoded,
  type Inputs,
  type Run,
  type RunContext,
  type Spec,
  stepName,
} from '../../core/operator'
import { portion } from '../../core/progress'
import { findTool } from '../registry'
import { inSlotsOf, type matchChain, type Step, type StepOutcome } from './spec'

type Chain = ReturnType<typeof matchChain>

/**
 * Every step is checked, also one that may be skipped.
 *
 * @throws ToolError invalid-input when a step does not take such files, or its tool refuses them
 */
export const check: Check<Chain> = async (inputs, { steps }) => {
  for (const [i, step] of steps.entries()) {
    const { spec, load } = findTool(step.tool)
    const stray = spec.inputs.findIndex(({ kind }, slot) => kind !== 'either' && kind !== kindOf(filesOf(inputs)[slot]))
    if (stray >= 0) throw unfit(spec, stray, i)
    const { check } = await load()
    await within(i, step, () => check(inSlotsOf(spec, filesOf(inputs)), step.params))
  }
}

const filesOf = ({ image, template }: Inputs<Chain>): readonly Decoded[] => [image, template]

const SLOTS = ['image', 'template'] as const
const KINDS = { raster: 'a picture', cloud: 'a PLY file with points' } as const

const kindOf = (file: Decoded): keyof typeof KINDS => ('positions' in file ? 'cloud' : 'raster')

function unfit({ tool, inputs }: Spec, slot: number, i: number): ToolError {
  const { kind } = inputs[slot]
  const [wanted, found] = kind === 'cloud' ? [KINDS.cloud, KINDS.raster] : [KINDS.raster, KINDS.cloud]
  const message = `Step ${i + 1} (${tool}) takes ${wanted} as ${SLOTS[slot]}, not ${found}`
  return new ToolError('invalid-input', message, {
    issues: [
      { path: ['steps', i, 'tool'], type: `step_takes_${kind}`, message, input: tool, ctx: { number: slot + 1 } },
    ],
  })
}

/** Runs the steps until one finds. The tools are those of the registry, so a step answers as its tool does by itself. */
export const run: Run<Chain> = async (inputs, { steps }, ctx) => {
  const outcomes: StepOutcome[] = []
  const artefacts: Record<string, Artefact> = {}
  const backends = new Set<string>()
  let hasFound = false
  for (const [i, step] of steps.entries()) {
    const numbered = { step: i + 1, tool: step.tool, params: step.params }
    if (hasFound) {
      outcomes.push({ ...numbered, status: 'skipped' })
      continue
    }
    const checkpoint = portion(ctx.checkpoint, i / steps.length, (i + 1) / steps.length)
    const result = await runStep(inputs, i, step, { ...ctx, checkpoint })
    const made = Object.entries(result.artefacts).map(([name, one]) => [stepName(i + 1, name), one] as const)
    for (const [name, one] of made) artefacts[name] = one
    backends.add(result.backend)
    hasFound = result.found
    const result_files = made.map(([name, one]) => artefactFile(name, one))
    outcomes.push({ ...numbered, status: 'done', found: result.found, result_data: result.data, result_files })
  }
  return {
    data: {
      chain_result: hasFound ? 'found' : 'not_found',
      completed_step: outcomes.findLast(({ status }) => status === 'done')?.step ?? steps.length,
      total_steps: steps.length,
      steps: outcomes,
    },
    artefacts,
    backend: [...backends].join(', '),
  }
}

async function runStep(inputs: Inputs<Chain>, i: number, step: Step, ctx: RunContext) {
  const { spec, load } = findTool(step.tool)
  const { run } = await load()
  const result = await within(i, step, () => run(inSlotsOf(spec, filesOf(inputs)), step.params, ctx))
  return { ...result, found: spec.found !== undefined && Number(result.data[spec.found]) > 0 }
}

/** What a step refuses is said with its number, and of the chain's own fields. */
async function within<T>(i: number, step: Step, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ToolError) || error.code === 'canceled') throw error
    const prefix = `Step ${i + 1} (${step.tool}): `
    const issues = error.issues.map((issue) => ({
      ...issue,
      path: pathOf(issue, i, step),
      message: prefix + issue.message,
    }))
    throw new ToolError(error.code, prefix + error.message, { issues, cause: error })
  }
}

function pathOf({ path: [field, ...rest] }: Issue, i: number, { tool }: Step): Issue['path'] {
  const slot = findTool(tool).spec.inputs.findIndex(({ name }) => name === field)
  return slot >= 0 ? [SLOTS[slot], ...rest] : ['steps', i, 'params', field, ...rest]
}
