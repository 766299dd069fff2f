import type { FolderFile } from './picture'

/**
 * Every file below a folder, as the browser hands them out. A file that vanishes meanwhile is left out.
 *
 * @param found is told how many there are so far
 */
export async function listDirectory(
  directory: FileSystemDirectoryHandle,
  found: (count: number) => void,
  signal: AbortSignal,
): Promise<FolderFile[]> {
  const files: FolderFile[] = []
  const walk = async (folder: FileSystemDirectoryHandle, above: string): Promise<void> => {
    for await (const entry of folder.values()) {
      signal.throwIfAborted()
      const path = above + entry.name
      if (entry.kind === 'directory') await walk(entry as FileSystemDirectoryHandle, `${path}/`)
      else {
        const file = await (entry as FileSystemFileHandle).getFile().catch(() => undefined)
        if (file) files.push({ path, file })
        found(files.length)
      }
    }
  }
  await walk(directory, '')
  return files
}

/** Files of an input or a drop; where a folder was given, their path in it. */
export const listFiles = (files: readonly File[]): FolderFile[] =>
  files.map((file) => ({ path: file.webkitRelativePath || file.name, file }))
