import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import busboy from 'busboy'
import { ToolError } from '../../core/errors'
import type { Received, UploadLimits } from '../api/engine'
import { isPlainText } from '../api/plain-text'
import {
  badPartHeader,
  bodyTooLarge,
  FIELD_BYTES,
  fieldNotPlain,
  fieldTooLarge,
  malformed,
  notMultipart,
  tooMany,
  tooManyFiles,
} from '../api/upload-refusals'
import { Intake, type Sink } from './intake'

const MOST_FIELDS = 100
const OVERHEAD_BYTES = 64 * 1024 // part headers and boundaries, which are no file's

/**
 * Streams a multipart body into storage; no file is ever whole in memory.
 *
 * @throws ToolError too-large, or invalid-input when it is not multipart; whatever was stored is removed then
 */
export async function receive(request: Request, storage: Sink, limits: UploadLimits): Promise<Received> {
  const length = Number(request.headers.get('content-length') ?? 0)
  if (length > limits.totalBytes + OVERHEAD_BYTES) throw bodyTooLarge(limits)
  const parser = createParser(request, limits)
  const intake = new Intake(storage, limits)
  try {
    await parse(bodyOf(request, limits), parser, intake, limits)
    return await intake.received()
  } catch (error) {
    parser.destroy()
    await intake.discard()
    throw error
  }
}

function createParser(request: Request, limits: UploadLimits): busboy.Busboy {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(type) || !request.body) throw notMultipart()
  try {
    const parser = busboy({
      headers: { 'content-type': type },
      defParamCharset: 'utf8',
      limits: {
        files: limits.files,
        fields: MOST_FIELDS,
        fieldSize: FIELD_BYTES,
        parts: limits.files + MOST_FIELDS,
      },
    })
    return endingCutFiles(parser)
  } catch (error) {
    throw malformed(error)
  }
}

/** What busboy keeps of a body: whether its closing boundary has come, and the file that it is in. */
interface Parsing {
  readonly _complete: boolean
  readonly _fileStream: Readable | null
  _final(done: (error?: Error | null) => void): void
}

/** A file that begins after the closing boundary has no end, for which busboy would wait for ever. */
function endingCutFiles(parser: busboy.Busboy): busboy.Busboy {
  const parsing = parser as busboy.Busboy & Parsing
  const final = parsing._final.bind(parsing)
  parsing._final = (done) => {
    if (parsing._complete && parsing._fileStream) done(new Error('Unexpected end of file'))
    else final(done)
  }
  return parser
}

/** Resolves when the last part has begun to be stored, rejects with the first thing that is wrong. */
function parse(body: Readable, parser: busboy.Busboy, intake: Intake, limits: UploadLimits): Promise<void> {
  let parts = 0
  // A header that ends with the body was cut short; one that goes on has something in it that no header may have.
  const refusalOf = (error: unknown) =>
    error instanceof Error && error.message === 'Malformed part header' && !body.readableEnded
      ? badPartHeader(parts + 1, error)
      : malformed(error)
  return new Promise((resolve, reject) => {
    parser.on('file', (field, content, { filename }) => {
      parts++
      intake.add(field, filename ?? '', content).catch(reject)
    })
    parser.on('field', (field, value, { valueTruncated, nameTruncated }) => {
      parts++
      if (valueTruncated || nameTruncated) reject(fieldTooLarge(field))
      else if (!isPlainText(value)) reject(fieldNotPlain(field))
      else intake.fields.push([field, value])
    })
    parser.on('filesLimit', () => reject(tooManyFiles(limits)))
    parser.on('fieldsLimit', () => reject(tooMany(`${MOST_FIELDS} fields`)))
    parser.on('partsLimit', () => reject(tooMany(`${limits.files + MOST_FIELDS} parts`)))
    parser.on('error', (error) => reject(refusalOf(error)))
    parser.on('close', resolve)
    body.on('error', (error) => reject(error instanceof ToolError ? error : malformed(error)))
    body.pipe(parser)
  })
}

/** The body, counted as it comes: a request need not tell its length, nor the truth about it. */
function bodyOf(request: Request, limits: UploadLimits): Readable {
  const source = Readable.fromWeb(request.body as NodeReadableStream<Uint8Array>)
  const counted = async function* () {
    let total = 0
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      total += chunk.length
      if (total > limits.totalBytes + OVERHEAD_BYTES) throw bodyTooLarge(limits)
      yield chunk
    }
  }
  return Readable.from(counted(), { objectMode: false })
}
