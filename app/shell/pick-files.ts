import type { Slot } from '../../core/operator'
import { ACCEPT } from '../state/intake'

/** Opens the browser's own dialog; on phones `camera` takes a picture. */
export function pickFiles(
  how: 'files' | 'folder' | 'camera',
  kind: Slot['kind'],
  many: boolean,
  done: (files: File[]) => void,
): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = ACCEPT[kind]
  input.multiple = many
  if (how === 'folder') input.webkitdirectory = true
  if (how === 'camera') input.capture = 'environment'
  input.addEventListener('change', () => done([...(input.files ?? [])]))
  input.click()
}
