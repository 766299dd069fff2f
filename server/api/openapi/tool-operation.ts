import * as z from 'zod'
import { type ArtefactSpec, type Slot, type Spec, stepName } from '../../../core/operator'
import { TaskObject } from '../contracts/matching'
import { exampleTask } from './example-task'
import { schemaName, toolName } from './names'
import type { Operation } from './operation'

/** What the document says about the POST of a tool, from its spec alone. */
export const toolOperation = (spec: Spec): Operation => ({
  id: `run${toolName(spec)}`,
  tag: 'Tools',
  summary: spec.title,
  description: describe(spec),
  body: formBody(spec),
  answers: { 201: { description: 'The task, queued', schema: TaskObject, example: exampleTask(spec) } },
  refusals: [400, 413, 422, 503],
  shell: curl(spec),
})

const FORMATS: Readonly<Record<Slot['kind'], string>> = {
  raster: 'PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF',
  cloud: 'PLY, ascii or binary',
  either: 'a picture, or PLY for steps that take point clouds',
}

function describe(spec: Spec): string {
  const files = spec.inputs
    .map(({ name, kind, optional }) => `\`${name}\` (${optional ? 'optional, ' : ''}${FORMATS[kind]})`)
    .join(' and ')
  const made = spec.artefacts
    .map((artefact) => `\`${fileName(artefact)}.${artefact.endings?.[0] ?? 'png'}\` (${artefact.title.toLowerCase()})`)
    .join(', ')
  return [
    spec.summary,
    `Send ${files} as files. A parameter that is left out has its default.`,
    `When the task is \`done\`, \`result_data\` is a \`${schemaName(spec, 'Result')}\` and \`result_files\` has ${made}.`,
  ].join('\n\n')
}

function formBody(spec: Spec): Record<string, unknown> {
  const params = z.toJSONSchema(spec.params, { io: 'input' })
  const files = spec.inputs.map(({ name, title, help }) => [
    name,
    { type: 'string', format: 'binary', title, description: help },
  ])
  const schema = {
    type: 'object',
    properties: { ...Object.fromEntries(files), ...params.properties },
    required: [...needed(spec).map(({ name }) => name), ...(params.required ?? []), ...(spec.required ?? [])],
    additionalProperties: false,
  }
  return { required: true, content: { 'multipart/form-data': { schema } } }
}

const ENDING: Readonly<Record<Slot['kind'], string>> = { raster: 'png', cloud: 'ply', either: 'png' }

const needed = ({ inputs }: Spec) => inputs.filter(({ optional }) => !optional)

function curl(spec: Spec): string {
  const { path, params, required = [] } = spec
  const files = needed(spec).map(({ name, kind }) => `-F ${name}=@${name}.${ENDING[kind]}`)
  const defaults = params.parse({})
  const fields = required.map((name) => `-F '${name}=${JSON.stringify(defaults[name])}'`)
  return ['curl', ...files, ...fields, `$HOST/api/v1/${path}`].join(' \\\n  ')
}

const fileName = ({ name, perStep, many }: ArtefactSpec): string =>
  perStep ? stepName('N', name) : many ? `${name}-N` : name
