import { ToolError } from '../../core/errors'

/**
 * The names of a key. Plain ones only: no `..`, no absolute paths, no other drive, no name that a file system reads as
 * something else.
 *
 * @throws ToolError not-found
 */
export function segments(key: string): string[] {
  const names = key.split('/')
  if (names.every(isPlain)) return names
  throw new ToolError('not-found', 'There is no such file')
}

const MOST_NAME_BYTES = 255

const isPlain = (name: string): boolean =>
  name !== '' &&
  !name.startsWith('.') &&
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  !/[\\:\u0000-\u001f\u007f]/.test(name) &&
  Buffer.byteLength(name) <= MOST_NAME_BYTES
