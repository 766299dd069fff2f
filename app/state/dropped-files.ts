/** Files of a drop or paste, with those in dropped folders. Must be called before the event ends. */
export async function filesOf(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.())
  if (!entries.some((entry) => entry?.isDirectory)) return [...transfer.files]
  return (await Promise.all(entries.map((entry) => (entry ? filesUnder(entry) : [])))).flat()
}

async function filesUnder(entry: FileSystemEntry): Promise<File[]> {
  if (entry instanceof FileSystemFileEntry) return [await new Promise<File>((done, fail) => entry.file(done, fail))]
  if (!(entry instanceof FileSystemDirectoryEntry)) return []
  const reader = entry.createReader()
  const children: FileSystemEntry[] = []
  // A reader hands out a hundred at a time, then an empty list.
  for (let part = await read(reader); part.length > 0; part = await read(reader)) children.push(...part)
  return (await Promise.all(children.map(filesUnder))).flat()
}

const read = (reader: FileSystemDirectoryReader) =>
  new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail))
