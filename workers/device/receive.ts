import type { ReceivedFile, UploadLimits } from '../../server/api/engine'
import { mostBytes } from '../../server/api/upload-limits'
import { bodyTooLarge, fileTooLarge, malformed, tooManyFiles } from '../../server/api/upload-refusals'

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
    throw malformed(cause)
  }
}

function checkLimits(files: readonly ReceivedFile[], limits: UploadLimits): void {
  if (files.length > limits.files) throw tooManyFiles(limits)
  const tooLarge = files.find(({ name, size }) => size > mostBytes(name, limits))
  if (tooLarge) throw fileTooLarge(tooLarge.field, mostBytes(tooLarge.name, limits))
  if (files.reduce((sum, { size }) => sum + size, 0) > limits.totalBytes) throw bodyTooLarge(limits)
}
