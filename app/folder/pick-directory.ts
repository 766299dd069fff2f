import { listDirectory, listFiles } from '../../workers/folder/list-directory'
import type { FolderFile } from '../../workers/folder/picture'
import { pickFiles } from '../shell/pick-files'

type ShowPicker = (options: { id: string }) => Promise<FileSystemDirectoryHandle>

/** Lists what was chosen; how many files there are so far is told meanwhile. */
export type List = (found: (count: number) => void, signal: AbortSignal) => Promise<readonly FolderFile[]>

/** Opens the browser's own dialog for a folder; where there is none, that for all files of one. */
export function pickDirectory(picked: (list: List) => void): void {
  if (!('showDirectoryPicker' in window)) {
    pickFiles('folder', 'raster', true, (files) => picked(given(files)))
    return
  }
  const show = window.showDirectoryPicker as ShowPicker
  show({ id: 'private-folder' }).then(
    (directory) => picked((found, signal) => listDirectory(directory, found, signal)),
    () => {}, // the dialog was closed
  )
}

export const given =
  (files: readonly File[]): List =>
  async () =>
    listFiles(files)
