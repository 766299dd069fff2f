import type { Candidate } from '../../core/copies/candidates'
import { type FolderStore, openFolderStore } from './database'
import { findCandidates } from './find-candidates'
import { type FolderGroup, folderGroups } from './folder-groups'
import { Gate } from './gate'
import { type Indexed, type IndexProgress, indexFiles } from './index-files'
import { inOrder, type LinkProgress, linkPictures } from './link-pictures'
import type { FolderFile, Picture } from './picture'
import { type Evidence, folderTools } from './tools'

export interface ComparingProgress extends Omit<LinkProgress, 'links'> {
  /** As far as they are known. */
  readonly groups: readonly FolderGroup[]
}

/** One folder of this device: its pictures are indexed, compared and grouped here, and never sent. */
export class FolderSession {
  readonly #store: FolderStore = openFolderStore()
  readonly #gate = new Gate()
  #indexed: Indexed = { pictures: [], skipped: [] }
  #candidates: readonly Candidate[] = []

  /** @throws ToolError canceled, or what keeps every picture from being fingerprinted */
  async index(files: readonly FolderFile[], signal: AbortSignal, onProgress: (progress: IndexProgress) => void) {
    const options = { store: this.#store, tools: folderTools, gate: this.#gate, signal, onProgress }
    this.#indexed = await indexFiles(files, options)
    this.#candidates = await findCandidates(
      this.#indexed.pictures.map(({ print }) => print),
      signal,
    )
    return this.#indexed
  }

  /** Groups of what was indexed. Called again, after a pair was set aside, it compares only what that leaves open. */
  async group(signal: AbortSignal, onProgress: (progress: ComparingProgress) => void): Promise<readonly FolderGroup[]> {
    const { pictures } = this.#indexed
    let shown = { links: 0, groups: folderGroups(pictures, []) }
    const links = await linkPictures(pictures, this.#candidates, {
      ...{ store: this.#store, tools: folderTools, gate: this.#gate, signal },
      ignored: await this.#store.ignored(),
      onProgress: ({ done, total, links }) => {
        if (links.length > shown.links) shown = { links: links.length, groups: folderGroups(pictures, links) }
        onProgress({ done, total, groups: shown.groups })
      },
    })
    return folderGroups(pictures, links)
  }

  /** How `one` lies on `other`, drawn. */
  evidence(one: Picture, other: Picture, signal: AbortSignal): Promise<Evidence> {
    const [a, b] = inOrder(one, other)
    return folderTools.compare(a, b, this.#indexed.pictures.length, signal)
  }

  /** Says that two pictures are no copies, or takes that back; remembered for every folder they are in. */
  setAside(one: string, other: string, isAside: boolean): Promise<void> {
    return this.#store.ignore(one, other, isAside)
  }

  /** Pairs of this folder that were set aside. */
  async aside(): Promise<readonly (readonly [Picture, Picture])[]> {
    const pictures = new Map(this.#indexed.pictures.map((picture) => [picture.print.sha256, picture]))
    return [...(await this.#store.ignored())].flatMap((key) => {
      const [one, other] = key.split(':').map((sha256) => pictures.get(sha256))
      return one && other ? [[one, other] as const] : []
    })
  }

  pause(): void {
    this.#gate.close()
  }

  resume(): void {
    this.#gate.open()
  }
}
