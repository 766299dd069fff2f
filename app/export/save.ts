import { objectUrl } from '../state/object-url'

/** Hands a file to the browser's downloads. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = objectUrl(blob)
  link.download = name
  link.click()
}

/** `photos/cat.v2.png` becomes `cat.v2`. */
export function baseName(name: string): string {
  const file = name.slice(name.lastIndexOf('/') + 1)
  const dot = file.lastIndexOf('.')
  return dot > 0 ? file.slice(0, dot) : file
}
