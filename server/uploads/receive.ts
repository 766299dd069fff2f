import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import busboy from 'busboy'
import { fieldError, ToolError } from '../../core/errors'
import type { Received, ReceivedFile, UploadLimits } from '../api/engine'
import type { Storage } from '../storage/storage'

/** Where uploads lie until a task takes them. */
export const INCOMING = 'incoming'

const MOST_FIELDS = 100
const FIELD_BYTES = 64 * 1024
const OVERHEAD_BYTES = 64 * 1024 // part headers and boundaries, which are no file's

/**
 * Streams a multipart body into storage; no file is ever whole in memory.
 *
 * @throws ToolError too-large, or invalid-input when it is not multipart; whatever was stored is removed then
 */
export async function receive(request: Request, storage: Storage, limits: UploadLimits): Promise<Received> {
  checkLength(request, limits)
  const parser = createParser(request, limits)
  const files: ReceivedFile[] = []
  const fields: [string, string][] = []
  const keys: string[] = []
  const stored: Promise<void>[] = []
  const discard = async () => {
    await Promise.all(keys.map((key) => storage.remove(key)))
  }

  const store = async (field: string, stream: Readable & { truncated?: boolean }, name: string) => {
    const key = `${INCOMING}/${randomUUID()}`
    keys.push(key)
    let size = 0
    const measured = async function* () {
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        size += chunk.length
        yield chunk
      }
      if (stream.truncated) throw fileTooLarge(field, limits)
    }
    await storage.put(key, measured())
    files.push({ field, name, size, key })
  }

  try {
    await new Promise<void>((resolve, reject) => {
      parser.on('file', (field, stream, { filename }) => {
        const done = store(field, stream, filename ?? '')
        stored.push(done)
        done.catch((error) => {
          stream.resume()
          reject(error)
        })
      })
      parser.on('field', (field, value, { valueTruncated, nameTruncated }) => {
        if (valueTruncated || nameTruncated) return reject(fieldTooLarge(field))
        fields.push([field, value])
      })
      parser.on('filesLimit', () => reject(tooMany(`${limits.files} files`)))
      parser.on('fieldsLimit', () => reject(tooMany(`${MOST_FIELDS} fields`)))
      parser.on('partsLimit', () => reject(tooMany('parts')))
      parser.on('error', (error) => reject(malformed(error)))
      parser.on('close', resolve)
      const body = bodyOf(request, limits)
      body.on('error', (error) => {
        parser.destroy()
        reject(error instanceof ToolError ? error : malformed(error))
      })
      body.pipe(parser)
    })
    await Promise.all(stored)
    return { files: inOrder(files, keys), fields, discard }
  } catch (error) {
    parser.destroy()
    await Promise.allSettled(stored)
    await discard()
    throw error
  }
}

/** Files come to rest in any order; they are handed over in the order they were sent. */
const inOrder = (files: ReceivedFile[], keys: string[]) =>
  files.sort((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key))

function checkLength(request: Request, limits: UploadLimits): void {
  const length = Number(request.headers.get('content-length') ?? 0)
  if (length > limits.totalBytes + OVERHEAD_BYTES) throw bodyTooLarge(limits)
}

function createParser(request: Request, limits: UploadLimits): busboy.Busboy {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(type) || !request.body) throw notMultipart()
  try {
    return busboy({
      headers: { 'content-type': type },
      defParamCharset: 'utf8',
      // The name is shown, never used as a path; the folders a client puts before it are dropped.
      preservePath: false,
      limits: {
        fileSize: limits.fileBytes + 1, // a file of exactly the limit is not marked as cut off
        files: limits.files,
        fields: MOST_FIELDS,
        fieldSize: FIELD_BYTES,
        parts: limits.files + MOST_FIELDS,
      },
    })
  } catch (error) {
    throw malformed(error)
  }
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

const megabytes = (bytes: number): string => `${bytes / 1e6} MB`

const bodyTooLarge = ({ totalBytes }: UploadLimits) =>
  new ToolError('too-large', `The request is too large: all its files together may have ${megabytes(totalBytes)}`)

const fileTooLarge = (field: string, { fileBytes }: UploadLimits) =>
  fieldError('too-large', field, `${field}: the file is too large; it may have ${megabytes(fileBytes)}`)

const fieldTooLarge = (field: string) =>
  fieldError('too-large', field, `${field}: the value is too long; it may have ${FIELD_BYTES / 1024} KB`)

const tooMany = (what: string) =>
  new ToolError('too-large', `The request has too many parts: at most ${what} are taken`)

const notMultipart = () =>
  new ToolError('invalid-input', 'The body must be multipart/form-data, with one part for each file and parameter')

const malformed = (cause: unknown) =>
  new ToolError('invalid-input', 'The multipart body is broken or was cut short; send it again', { cause })
