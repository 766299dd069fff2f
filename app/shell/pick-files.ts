import type { Slot } from '../../core/operator'
import { ACCEPT } from '../state/intake'

/** Opens the browser's own dialog; on phones `camera` takes a picture. */
export function pickFiles(
  how: 'files' | 'folder' | 'camera',
  kind: Slot['kind'],
  many: boolean,
  done: (files: File[]) => void,
): void {
  const input = createInput(ACCEPT[kind], done)
  input.multiple = many
  if (how === 'folder') input.webkitdirectory = true
  if (how === 'camera') input.capture = 'environment'
  input.click()
}

/** Opens the dialog for one JSON file. */
export function pickJson(done: (file: File) => void): void {
  createInput('application/json,.json', ([file]) => file && done(file)).click()
}

function createInput(accept: string, done: (files: File[]) => void): HTMLInputElement {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  input.addEventListener('change', () => done([...(input.files ?? [])]))
  return input
}
