import { zip } from 'fflate'
import type { ResultField } from '../tools/card'
import { toCsv } from './csv'
import { baseName } from './save'

export interface ResultFiles {
  /** Of the picture it was made from. */
  readonly name: string
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly json: string
  readonly files: readonly { readonly name: string; readonly blob: Blob }[]
}

/** One folder per picture, with its JSON, CSV and result pictures. */
export async function zipResults(results: readonly ResultFiles[], columns: readonly ResultField[]): Promise<Blob> {
  const entries: Record<string, Uint8Array | [Uint8Array, { level: 0 }]> = {}
  const folders = uniqueNames(results.map(({ name }) => baseName(name)))
  for (const [index, { rows, json, files }] of results.entries()) {
    const folder = folders[index]
    entries[`${folder}/result.json`] = encode(json)
    if (columns.length > 0) {
      const names = columns.map(({ name }) => name)
      entries[`${folder}/result.csv`] = encode(toCsv(names, rows))
    }
    // PNG is compressed already.
    for (const { name, blob } of files)
      entries[`${folder}/${name}`] = [new Uint8Array(await blob.arrayBuffer()), { level: 0 }]
  }
  return new Promise((resolve, reject) => {
    zip(entries, (error, bytes) =>
      error ? reject(error) : resolve(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/zip' })),
    )
  })
}

const encode = (text: string) => new TextEncoder().encode(text)

/** Pictures of different folders can have the same name. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let unique = name
    for (let number = 2; taken.has(unique); number++) unique = `${name}-${number}`
    taken.add(unique)
    return unique
  })
}
