import * as z from 'zod'
import { type ArtefactSpec, defineSpec, type Spec } from '../../core/operator'
import { text } from './text'

const MOST_STEPS = 10

/** A step as it is asked for, parsed by the schema of its tool. */
export interface Step {
  readonly tool: string
  readonly params: Readonly<Record<string, unknown>>
}

const status = { title: 'Status', words: { done: 'Done', skipped: 'Skipped' } }

/** @param words the title of each tool */
function outcomesOf(words: Readonly<Record<string, string>>) {
  const outcome = {
    step: z.int().min(1).meta({ title: 'Step', description: 'Its place in the list, from 1' }),
    tool: z.string().meta({ title: 'Tool', words }),
    params: z.record(z.string(), z.unknown()).meta({ description: 'Defaults filled in' }),
  }
  return z.discriminatedUnion('status', [
    z.object({
      ...outcome,
      status: z.literal('done').meta(status),
      found: z.boolean().meta({ title: 'Found' }),
      result_data: z.record(z.string(), z.unknown()).meta({ description: 'As the tool answers by itself' }),
      result_files: z.array(z.string()),
    }),
    z.object({ ...outcome, status: z.literal('skipped').meta(status) }),
  ])
}
export type StepOutcome = z.output<ReturnType<typeof outcomesOf>>

/**
 * Several tools tried in turn on the same two files, until one finds.
 *
 * @param specs every tool; those that say when they have found can be steps
 */
export function matchChain(specs: readonly Spec[]) {
  const tools = specs.filter(({ found }) => found !== undefined)
  return defineSpec({
    id: 'match-chain',
    tool: 'chain',
    path: 'match/chain',
    title: 'Chain of matchers',
    summary: 'Tries one matcher after another on the same two files, and stops at the first that finds.',
    icon: 'workflow',
    job: 'find',
    inputs: [
      { name: 'image', kind: 'either', title: 'Image', help: 'Image, query image or model of the steps' },
      { name: 'template', kind: 'either', title: 'Template', help: 'Template, train image or scene of the steps' },
    ],
    batch: 'image',
    params: z.object({
      steps: z.array(stepOf(tools)).min(1).max(MOST_STEPS).default(beginning(tools)).meta({
        title: 'Steps',
        description:
          'Tools with their parameters, in the order in which they are tried. What is left out has the tool’s own default.',
      }),
    }),
    required: ['steps'],
    result: z.object({
      chain_result: z.enum(['found', 'not_found']).meta({
        title: 'Outcome',
        words: { found: 'Found', not_found: 'Not found' },
      }),
      completed_step: z
        .int()
        .min(1)
        .meta({ title: 'Last step run', description: 'The step that found, else the last' }),
      total_steps: z.int().min(1).meta({ title: 'Steps in all' }),
      steps: z.array(outcomesOf(Object.fromEntries(tools.map(({ tool, title }) => [tool, title])))),
    }),
    artefacts: artefactsOf(tools),
    layers: [],
    live: [],
    samples: [
      {
        title: 'Capacitors on a circuit board',
        files: { image: '/samples/board.jpg', template: '/samples/board-part.png' },
      },
    ],
    text: text(tools),
    cost: (sizes, params) => {
      const costs = (params.steps as readonly Step[]).map(({ tool, params }) => {
        const spec = tools.find((one) => one.tool === tool)
        return spec ? spec.cost(inSlotsOf(spec, [sizes.image, sizes.template]), params) : { seconds: 0, bytes: 0 }
      })
      return {
        seconds: costs.reduce((sum, { seconds }) => sum + seconds, 0), // none may find
        bytes: Math.max(...costs.map(({ bytes }) => bytes)),
      }
    },
  })
}

function stepOf(tools: readonly Spec[]) {
  const [first, ...rest] = tools.map(({ tool, params }) =>
    z.strictObject({ tool: z.literal(tool), params: params.strict().prefault({}) }),
  )
  return z.discriminatedUnion('tool', [first, ...rest])
}

/** Each tool that takes what the first one takes, once. */
const beginning = (tools: readonly Spec[]) =>
  tools
    .filter(({ inputs }) => inputs.every(({ kind }, i) => kind === tools[0].inputs[i].kind))
    .map(({ tool, params }) => ({ tool, params: params.parse({}) }))

function artefactsOf(tools: readonly Spec[]): ArtefactSpec[] {
  const byName = new Map(tools.flatMap(({ artefacts }) => artefacts.map((artefact) => [artefact.name, artefact])))
  return [...byName.values()].map(({ name, title }) => ({ name, title, optional: true, perStep: true }))
}

/** The two files under the names that a step's tool has for them: the first slot takes the first. */
export const inSlotsOf = <T>({ inputs }: Spec, files: readonly T[]): Record<string, T> =>
  Object.fromEntries(inputs.map(({ name }, i) => [name, files[i]]))
