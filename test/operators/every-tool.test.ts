import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Inputs, Slot, Spec } from '../../core/operator'
import type { Raster } from '../../core/raster'
import { LOCALES } from '../../core/text'
import { modelsFor } from '../../models/manifest'
import type { Task } from '../../models/model'
import { execute, type Platform } from '../../operators/execute'
import { findTool, registry } from '../../operators/registry'
import { codecSharp } from '../../server/adapters/codec-sharp'
import { shapedModels } from '../shaped-models'
import { picture, testContext } from '../support'
import { pebble } from './match-surface/shapes'

const translations = LOCALES.filter((locale) => locale !== 'en')

const described = expect.objectContaining({ title: expect.any(String), description: expect.any(String) })
const ranged = (property: object) =>
  expect.objectContaining({
    ['exclusiveMinimum' in property ? 'exclusiveMinimum' : 'minimum']: expect.any(Number),
    maximum: expect.any(Number),
  })
const translated = expect.objectContaining({ title: expect.any(String), help: expect.any(String) })

describe.each(registry)('$spec.id', ({ spec, load, loadRefine }) => {
  const schema = z.toJSONSchema(spec.params, { io: 'input' })
  const params = Object.entries(schema.properties ?? {})

  test('is found by its id and by its word in the contracts', () => {
    expect(findTool(spec.id).spec).toBe(spec)
    expect(findTool(spec.tool).spec).toBe(spec)
  })

  test('has a default for every parameter', () => {
    expect(Object.keys(spec.params.parse({})).sort()).toEqual(params.map(([name]) => name).sort())
  })

  test('has a title and a description for every parameter', () => {
    for (const [name, property] of params) expect([name, property]).toEqual([name, described])
  })

  test('offers every model of the manifest that a parameter can name, the default first', () => {
    for (const [, property] of params) {
      const { models, enum: ids, default: first } = property as { models?: Task; enum?: string[]; default?: string }
      if (!models) continue
      expect(ids).toEqual(modelsFor(models).map(({ id }) => id))
      expect(first).toBe(ids?.[0])
    }
  })

  test('has a range for every number', () => {
    const numbers = params.filter(([, property]) => ['number', 'integer'].includes(Object(property).type))
    for (const [name, property] of numbers) expect([name, property]).toEqual([name, ranged(Object(property))])
  })

  test.each(translations)('says everything in %s', (locale) => {
    const text = spec.text[locale]
    expect([text?.title, text?.summary]).toEqual([expect.any(String), expect.any(String)])
    for (const [name] of params) expect([name, text?.params?.[name]]).toEqual([name, translated])
    for (const label of labels(spec)) expect([label, text?.labels?.[label]]).toEqual([label, expect.any(String)])
  })

  test('has a batch slot, layers and live parameters that exist', () => {
    expect(spec.inputs.map(({ name }) => name)).toContain(spec.batch)
    expect(params.map(([name]) => name)).toEqual(expect.arrayContaining([...spec.live]))
    for (const layer of spec.layers) {
      if (layer.kind === 'boxes') expect(Object.keys(spec.result.shape)).toContain(layer.field)
      if (layer.kind === 'overlay') expect(spec.artefacts.map(({ name }) => name)).toContain(layer.artefact)
    }
  })

  test('can refine if it has live parameters', () => {
    expect(loadRefine !== undefined).toBe(spec.live.length > 0)
  })

  test('costs more for larger pictures, and never nothing', () => {
    const cost = (side: number) => spec.cost(sizes(spec, side), spec.params.parse({}))
    expect(cost(16).seconds).toBeGreaterThan(0)
    expect(cost(2000).seconds).toBeGreaterThan(cost(200).seconds)
    expect(cost(2000).bytes).toBeGreaterThan(cost(200).bytes)
  })

  test('loads', async () => {
    expect(await load()).toMatchObject({ run: expect.any(Function), check: expect.any(Function) })
  })

  test('answers a 1×1 picture with a result or a plain refusal', async () => {
    const outcome = await executeOn(spec, picture([128]))
    expect(outcome).not.toMatchObject({ code: 'internal' })
  })

  test('makes the artefacts it declares, and a result of its declared shape', async () => {
    const { run } = await load()
    const inputs = Object.fromEntries(spec.inputs.map((slot, i) => [slot.name, exampleOf(slot, i)])) as Inputs<Spec>
    const result = await run(inputs, spec.params.parse({}), testContext(hosted(spec)))
    const made = [...new Set(Object.keys(result.artefacts).map((name) => declaredName(spec, name)))]
    const declared = spec.artefacts.filter(({ name, optional, many }) => !(optional || many) || made.includes(name))
    expect(made.sort()).toEqual(declared.map(({ name }) => name).sort())
    expect(spec.result.strict().parse(result.data)).toEqual(result.data)
    expect(structuredClone(result.kept)).toEqual(result.kept)
  })
})

/** What a host gives a run: models that answer in their shapes, a real codec, and the files themselves. */
const hosted = ({ inputs }: Spec) => ({
  models: shapedModels(),
  codec: codecSharp,
  sources: Object.fromEntries(inputs.map(({ name }) => [name, new Uint8Array([1])])),
})

/** Without the number of a step, or of one of many. */
function declaredName({ artefacts }: Spec, name: string): string {
  const bare = name.replace(/^step-\d+-/, '')
  return artefacts.find((artefact) => artefact.many && bare.startsWith(`${artefact.name}-`))?.name ?? bare
}

function labels({ inputs, artefacts, layers, samples }: Spec): string[] {
  return [
    ...inputs.map(({ name }) => name),
    ...artefacts.map(({ name }) => name),
    ...layers.map(({ title }) => title),
    ...samples.map(({ title }) => title),
  ]
}

const sizes = ({ inputs }: Spec, side: number) =>
  Object.fromEntries(inputs.map(({ name }) => [name, { width: side, height: side }]))

/** Smaller for later slots, so that a part fits into its whole. */
const exampleOf = ({ kind }: Slot, index: number) =>
  kind === 'cloud' ? pebble() : chequered(Math.max(24 - 8 * index, 8))

/** Squares of eight pixels, black and white. */
function chequered(side: number): Raster {
  const row = (y: number) => Array.from({ length: side }, (_, x) => (((x >> 3) + (y >> 3)) % 2) * 255)
  return picture(...Array.from({ length: side }, (_, y) => row(y)))
}

/** Through the door that hosts use; every file is the same picture. */
function executeOn(spec: Spec, raster: Raster) {
  const { models, loadOpenCv, loadAsset } = testContext({ models: shapedModels() })
  const codec = { decode: async () => raster, encode: async () => new Uint8Array(), shrink: async () => raster }
  const platform = {
    place: 'device',
    codec,
    models,
    loadOpenCv,
    loadAsset,
    limits: { pixels: 1e6, side: 1e4 },
    now: () => 0,
    log: () => {},
  }
  const inputs = Object.fromEntries(spec.inputs.map(({ name }) => [name, new Uint8Array([1])]))
  return execute({ tool: spec.id, inputs, params: {} }, platform as Platform, async () => {})
}
