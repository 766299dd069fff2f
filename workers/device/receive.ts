import { fieldError, ToolError } from '../../core/errors'
import type { ReceivedFile, UploadLimits } from '../../server/api/engine'
import { mostBytes } from '../../server/api/upload-limits'

export interface ReceivedForm {
  readonly files: readonly (ReceivedFile & { readonly content: Blob })[]
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/**
 * Reads a multipart body; the browser keeps large files out of memory.
 *
 * @throws ToolError too-large, or invalid-input when it is not multipart
 */
export async function readForm(request: Request, limits: UploadLimits): Promise<ReceivedForm> {
  const form = [...(await parse(request)).entries()]
  const files = form.flatMap(([field, content]) =>
    typeof content === 'string'
      ? []
      : [{ field, name: content.name, size: content.size, key: crypto.randomUUID(), content }],
  )
  checkLimits(files, limits)
  return { files, fields: form.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])) }
}

async function parse(request: Request): Promise<FormData> {
  try {
    return await request.formData()
  } catch (cause) {
    throw new ToolError('invalid-input', 'The multipart body is broken or was cut short; send it again', { cause })
  }
}

const megabytes = (bytes: number): string => `${bytes / 1e6} MB`

function checkLimits(files: readonly ReceivedFile[], limits: UploadLimits): void {
  const { totalBytes, files: most } = limits
  if (files.length > most) {
    throw new ToolError('too-large', `The request has too many parts: at most ${most} files are taken`)
  }
  const tooLarge = files.find(({ name, size }) => size > mostBytes(name, limits))
  if (tooLarge) {
    const message = `${tooLarge.field}: the file is too large; it may have ${megabytes(mostBytes(tooLarge.name, limits))}`
    throw fieldError('too-large', tooLarge.field, message)
  }
  if (files.reduce((sum, { size }) => sum + size, 0) > totalBytes) {
    throw new ToolError(
      'too-large',
      `The request is too large: all its files together may have ${megabytes(totalBytes)}`,
    )
  }
}
