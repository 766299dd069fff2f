import type { Issue } from '../../core/errors'
import { toIssues } from '../../core/issues'
import type { Slot, Spec } from '../../core/operator'
import type { Draft, Received, ReceivedFile } from './engine'
import { storedNames } from './file-names'
import { InvalidRequest, sentIn } from './request'
import { fromTexts } from './text'

type Form = Pick<Received, 'files' | 'fields'>
type Presets = Readonly<Record<string, unknown>>

/**
 * A tool's multipart form, read by the tool's own schema.
 *
 * @param presets stand in for parameters that were not sent
 * @throws InvalidRequest that names every wrong field at once, files first
 */
export function readToolForm(spec: Spec, sent: Form, presets: Presets = {}): Omit<Draft, 'owner'> {
  const form = { ...sent, files: sent.files.filter((file) => file.name !== '' || file.size > 0) }
  const chosen = spec.inputs.map((slot) => ({ slot: slot.name, ...oneFile(slot, form) }))
  const params = readParams(spec, form, presets)
  const issues = [...chosen.flatMap((choice) => choice.issues), ...params.issues]
  if (issues.length > 0) throw new InvalidRequest(sentIn('body', issues))
  return { tool: spec.id, params: params.values, inputs: named(chosen) }
}

interface Choice {
  readonly slot: string
  readonly file?: ReceivedFile
  readonly issues: readonly Issue[]
}

function named(chosen: readonly Choice[]): Draft['inputs'] {
  const complete = chosen.flatMap(({ slot, file }) => (file ? [{ slot, file }] : []))
  const names = storedNames(complete.map(({ file }) => file.name))
  return complete.map((input, i) => ({ ...input, name: names[i] }))
}

function oneFile({ name, optional }: Slot, { files, fields }: Form): Omit<Choice, 'slot'> {
  const path = [name]
  const found = files.filter(({ field }) => field === name)
  const texts = fields.filter(([field, text]) => field === name && text !== '')
  if (found.length > 1) {
    const message = `List should have at most 1 item after validation, not ${found.length}`
    return { issues: [{ path, type: 'too_long', message, input: found.map((file) => file.name) }] }
  }
  if (texts.length > 0) {
    const message = 'Value error, Expected a file, received text'
    return { issues: [{ path, type: 'value_error', message, input: texts[0][1] }] }
  }
  if (found.length === 0 && optional) return { issues: [] }
  if (found.length === 0) return { issues: [{ path, type: 'missing', message: 'Field required' }] }
  return { file: found[0], issues: [] }
}

function readParams(spec: Spec, form: Form, presets: Presets): { values: Record<string, unknown>; issues: Issue[] } {
  const isSlot = (name: string) => spec.inputs.some((slot) => slot.name === name)
  const isParam = (name: string) => Object.hasOwn(spec.params.shape, name)
  const filed = form.files.filter(({ field }) => !isSlot(field))
  const texts = form.fields.filter(([name]) => !isSlot(name))
  const misplaced = [...filed.filter(({ field }) => isParam(field)).map(fileForText), ...repeated(texts)]

  // A file in a field that no schema has is refused by the schema, like a text in such a field.
  const strangers = filed.filter(({ field }) => !isParam(field)).map(({ field, name }) => [field, name] as const)
  const schema = spec.params.strict()
  const values = { ...presets, ...fromTexts(schema, [...texts, ...strangers]) }
  const parsed = schema.safeParse(values)
  const wrong = parsed.success ? missing(spec, values) : toIssues(parsed.error, values, schema)
  const issues = [...misplaced, ...wrong.filter(({ path }) => !misplaced.some((other) => other.path[0] === path[0]))]
  return { values: parsed.success ? parsed.data : {}, issues: inOrder(issues, Object.keys(spec.params.shape)) }
}

function missing({ required = [] }: Spec, values: Record<string, unknown>): Issue[] {
  const names = required.filter((name) => !Object.hasOwn(values, name))
  return names.map((name) => ({ path: [name], type: 'missing', message: 'Field required' }))
}

function fileForText({ field, name }: ReceivedFile): Issue {
  return { path: [field], type: 'string_type', message: 'Input should be text, not a file', input: name }
}

function repeated(texts: readonly (readonly [string, string])[]): Issue[] {
  const names = texts.map(([name]) => name)
  const twice = new Set(names.filter((name, i) => names.indexOf(name) !== i))
  return [...twice].map((name) => {
    const input = texts.filter(([other]) => other === name).map(([, text]) => text)
    const message = `List should have at most 1 item after validation, not ${input.length}`
    return { path: [name], type: 'too_long', message, input }
  })
}

/** As the schema lists its fields, then those it does not have. */
function inOrder(issues: readonly Issue[], names: readonly string[]): Issue[] {
  const rank = ({ path }: Issue) => (names.indexOf(String(path[0])) + names.length + 1) % (names.length + 1)
  return issues.toSorted((a, b) => rank(a) - rank(b))
}
