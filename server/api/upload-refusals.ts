import { fieldError, ToolError } from '../../core/errors'
import type { UploadLimits } from './engine'
import { NOT_PLAIN } from './plain-text'

/** Longest text of one field; a file has a limit of its own. */
export const FIELD_BYTES = 64 * 1024

const megabytes = (bytes: number): string => `${bytes / 1e6} MB`

export const bodyTooLarge = ({ totalBytes }: UploadLimits) =>
  new ToolError('too-large', `The request is too large: all its files together may have ${megabytes(totalBytes)}`)

export const fileTooLarge = (field: string, most: number) =>
  fieldError('too-large', field, `${field}: the file is too large; it may have ${megabytes(most)}`, 'file_too_large', {
    most: most / 1e6,
  })

export const fieldTooLarge = (field: string) =>
  fieldError('too-large', field, `${field}: the value is too long; it may have ${FIELD_BYTES / 1024} KB`)

export const fieldNotPlain = (field: string) => fieldError('invalid-input', field, NOT_PLAIN)

export const tooMany = (what: string) =>
  new ToolError('too-large', `The request has too many parts: at most ${what} are taken`)

export const tooManyFiles = ({ files, filesTold = files }: UploadLimits) => tooMany(`${filesTold} files`)

export const notMultipart = () =>
  new ToolError('invalid-input', 'The body must be multipart/form-data, with one part for each file and parameter')

/** @param part from 1 */
export const badPartHeader = (part: number, cause: unknown) =>
  new ToolError(
    'invalid-input',
    `The header of part ${part} of the multipart body cannot be read; a field or file name must not have control characters or line breaks`,
    { cause },
  )

export const malformed = (cause: unknown) =>
  new ToolError('invalid-input', 'The multipart body is broken or was cut short; send it again', { cause })
