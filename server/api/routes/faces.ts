import type { z } from 'zod'
import { type ErrorCode, type Outcome, ToolError } from '../../../core/errors'
import { cosine } from '../../../core/vector'
import { findModel } from '../../../models/manifest'
import { embedFace } from '../../../operators/embed-face/spec'
import { MEASURED_ON, operatingPoint } from '../../../operators/embed-face/thresholds'
import {
  BatchQuery,
  CompareQuery,
  Comparison,
  Embedding,
  EmbeddingBatch,
  EmbedQuery,
  FacesHealth,
  isJpegOrPng,
  MOST_CROPS,
} from '../contracts/faces'
import type { Computed, Engine, HeldFile, UploadLimits } from '../engine'
import { filesIn, formBody, oneFileEach, withForm } from '../held-files'
import { InvalidRequest } from '../request'
import { defineRoute, type Route } from '../route'
import { VERSION } from '../version'

/** Answered at once, and nothing of it is stored. */
export const faceRoutes = (engine: Engine): readonly Route[] => [
  embed(engine),
  embedBatch(engine),
  compare(engine),
  health(engine),
]

const TAG = 'Faces'
const DEFAULT_MODEL = embedFace.params.parse({}).model

function embed(engine: Engine): Route {
  return defineRoute({
    method: 'post',
    path: '/embed',
    query: EmbedQuery,
    operation: {
      id: 'embedFace',
      tag: TAG,
      summary: 'The vector of a cropped face',
      description: `Send one JPEG or PNG of a face, cropped. It is scaled to the model’s input and answered at once; nothing is stored.\n\nVectors can be compared by cosine where their \`model_contract\` is the same. A picture without a face has a vector too.`,
      body: formBody({ file: FILE }, ['file']),
      answers: { 200: { description: 'The vector', schema: Embedding } },
      refusals: [400, 403, 413, 422, 503],
      shell: 'curl -F file=@face.jpg "$HOST/embed?include_attributes=true"',
    },
    handle: (c, { query }) =>
      withForm(engine, c, limitsFor(engine, 1), async (held) => {
        const [file] = oneFileEach(held, ['file'])
        refuseStrangers([file])
        const [outcome] = await engine.compute([callOf(file, query)], c.req.raw.signal)
        return c.json(Embedding.parse(dataOf(outcome)))
      }),
  })
}

function embedBatch(engine: Engine): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/faces/embed',
    query: BatchQuery,
    operation: {
      id: 'embedFaces',
      tag: TAG,
      summary: 'The vectors of many cropped faces',
      description: `Send up to ${MOST_CROPS} JPEG or PNG files in \`files\`. One that cannot be read is answered with what is wrong with it, in its place; nothing is stored.`,
      body: formBody({ files: { type: 'array', items: FILE, minItems: 1, maxItems: MOST_CROPS } }, ['files']),
      answers: { 200: { description: 'One result for each file', schema: EmbeddingBatch } },
      refusals: [400, 403, 413, 422, 503],
      shell: 'curl -F files=@a.jpg -F files=@b.jpg $HOST/api/v1/faces/embed',
    },
    handle: (c, { query }) =>
      withForm(engine, c, limitsFor(engine, MOST_CROPS), async (held) => {
        const files = filesIn(held, 'files')
        if (files.length === 0) throw missing('files')
        const readable = files.filter(isJpegOrPng)
        const calls = readable.map((file) => callOf(file, query))
        const outcomes = await engine.compute(calls, c.req.raw.signal)
        refuseWithoutModel(outcomes)
        const results = files.map((file) => resultOf(file, outcomes[readable.indexOf(file)]))
        return c.json({ count: results.length, embedded: results.filter(({ ok }) => ok).length, results })
      }),
  })
}

function compare(engine: Engine): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/faces/compare',
    query: CompareQuery,
    operation: {
      id: 'compareFaces',
      tag: TAG,
      summary: 'Whether two cropped faces are of one person',
      description:
        'Aligns both faces and compares their vectors. The threshold is the one at which at most `false_match_rate` of the measured pairs of different people were taken for one; other pictures than those measured may do worse. Nothing is stored.',
      body: formBody({ file1: FILE, file2: FILE }, ['file1', 'file2']),
      answers: { 200: { description: 'The comparison', schema: Comparison } },
      refusals: [400, 403, 413, 422, 503],
      shell: 'curl -F file1=@a.jpg -F file2=@b.jpg $HOST/api/v1/faces/compare',
    },
    handle: (c, { query: { model, false_match_rate } }) =>
      withForm(engine, c, limitsFor(engine, 2), async (held) => {
        const files = oneFileEach(held, ['file1', 'file2'])
        refuseStrangers(files)
        const params = { model, alignment: 'landmarks', normalize: true }
        const outcomes = await engine.compute(
          files.map((file) => callOf(file, params)),
          c.req.raw.signal,
        )
        const sides = outcomes.map((outcome) => embedFace.result.parse(dataOf(outcome)))
        return c.json(comparisonOf(sides, model, false_match_rate))
      }),
  })
}

/** The contract asks for no authentication here, and tells a client which model its vectors are from. */
function health(engine: Engine): Route {
  return defineRoute({
    method: 'get',
    path: '/health',
    access: 'public',
    operation: {
      id: 'getHealth',
      tag: TAG,
      summary: 'Whether faces can be embedded, and by which model',
      answers: { 200: { description: 'They can', schema: FacesHealth } },
      shell: 'curl $HOST/health',
    },
    handle: (c) => {
      const model = findModel(DEFAULT_MODEL)
      const size = model?.preprocess
      return c.json({
        status: 'healthy',
        model: DEFAULT_MODEL,
        embedding_dim: Number(model?.outputs[0].shape.at(-1)),
        input_size: `${size?.width}x${size?.height}`,
        device: engine.describe().device,
        version: VERSION,
      })
    },
  })
}

const FILE = { type: 'string', format: 'binary', description: 'JPEG or PNG of one face' }

/** These files lie in memory while they are worked on. */
const HELD_BYTES = 64e6

const limitsFor = ({ limits: { upload } }: Engine, files: number): UploadLimits => ({
  ...upload,
  cloudBytes: upload.fileBytes,
  totalBytes: Math.min(upload.totalBytes, Math.max(HELD_BYTES, upload.fileBytes)),
  files,
})

const callOf = ({ bytes }: HeldFile, params: Record<string, unknown>) => ({
  tool: embedFace.id,
  params,
  inputs: { file: bytes },
})

function missing(field: string): InvalidRequest {
  return new InvalidRequest([{ path: ['body', field], type: 'missing', message: 'Field required' }])
}

const stranger = ({ name, field }: HeldFile): string =>
  `${name || field}: the file is not a JPEG or PNG picture; save it as one of them`

function refuseStrangers(files: readonly HeldFile[]): void {
  const strange = files.find((file) => !isJpegOrPng(file))
  if (strange) throw new ToolError('unreadable', stranger(strange))
}

/** A picture that cannot be read is refused as a whole, without naming the field: so the contract has it. */
function dataOf(outcome: Outcome<Computed>): Record<string, unknown> {
  if (outcome.ok) return outcome.value.data
  throw new ToolError(outcome.code, outcome.message)
}

/** For lack of a model no picture can be embedded: that is no picture's failure. */
function refuseWithoutModel(outcomes: readonly Outcome<Computed>[]): void {
  const lacks = outcomes.every((outcome) => !outcome.ok && WITHOUT_MODEL.includes(outcome.code))
  if (lacks && outcomes.length > 0) dataOf(outcomes[0])
}

const WITHOUT_MODEL: readonly ErrorCode[] = ['model-unavailable', 'forbidden']

function resultOf(file: HeldFile, outcome: Outcome<Computed> | undefined) {
  const { name } = file
  if (!outcome) return { name, ok: false, code: 'unreadable', error: stranger(file) }
  if (!outcome.ok) return { name, ok: false, code: outcome.code, error: outcome.message }
  return { name, ok: true, ...outcome.value.data }
}

function comparisonOf(
  [a, b]: readonly z.output<typeof embedFace.result>[],
  model: string,
  falseMatchRate: number,
): z.output<typeof Comparison> {
  const point = operatingPoint(model, falseMatchRate)
  const alike = cosine(a.embedding, b.embedding)
  return {
    cosine: alike,
    same_person: point ? alike >= point.threshold : null,
    threshold: point?.threshold ?? null,
    false_match_rate: point?.falseMatchRate ?? null,
    true_match_rate: point?.trueMatchRate ?? null,
    measured_on: point ? MEASURED_ON : null,
    model,
    model_contract: a.model_contract,
    files: [a, b].map(({ face_found, warnings }) => ({ face_found: face_found === true, warnings })),
  }
}
