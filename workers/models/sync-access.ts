/** Workers have these; the types of the page's library, which this tree is checked with, do not. */
export interface SyncAccess {
  getSize(): number
  read(buffer: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number
  write(buffer: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number
  truncate(bytes: number): void
  flush(): void
  close(): void
}

export interface WorkerFileHandle extends FileSystemFileHandle {
  /** Rejects while another one has it open. */
  createSyncAccessHandle(): Promise<SyncAccess>
  move(name: string): Promise<void>
}

export async function createFile(folder: FileSystemDirectoryHandle, name: string): Promise<WorkerFileHandle> {
  return (await folder.getFileHandle(name, { create: true })) as WorkerFileHandle
}
