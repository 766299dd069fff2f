import type { Candidate } from '../../core/copies/candidates'
import { ToolError } from '../../core/errors'
import { type FolderStore, openFolderStore } from './database'
import { findCandidates } from './find-candidates'
import { type FolderGroup, folderGroups } from './folder-groups'
import { Gate } from './gate'
import { type Indexed, type IndexProgress, indexFiles, isOfFile } from './index-files'
import { inOrder, type LinkProgress, linkPictures } from './link-pictures'
import type { FolderFile, Picture } from './picture'
import { type Evidence, folderTools, type Policy } from './tools'

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
        if (isWorthShowing(links.length, shown.links)) {
          shown = { links: links.length, groups: folderGroups(pictures, links) }
        }
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

  /**
   * What the content filter advises on each of these, but for those that cannot be read. Asked again, it answers from what
   * it kept.
   *
   * @throws ToolError when nothing can be judged here, as without the model; canceled
   */
  async judge(pictures: readonly Picture[], signal: AbortSignal, onJudged: (picture: Picture, policy: Policy) => void) {
    for (const picture of pictures) {
      signal.throwIfAborted()
      const { sha256 } = picture.print
      const kept = await this.#store.advice(sha256)
      if (kept?.contract === folderTools.adviceContract) onJudged(picture, kept.policy)
      else await this.#judgeOne(picture, signal, onJudged)
    }
  }

  async #judgeOne(picture: Picture, signal: AbortSignal, onJudged: (picture: Picture, policy: Policy) => void) {
    try {
      const policy = await folderTools.judge(picture.files[0].file, signal)
      await this.#store.keepAdvice(picture.print.sha256, { contract: folderTools.adviceContract, policy })
      onJudged(picture, policy)
    } catch (error) {
      if (!(error instanceof ToolError && isOfFile(error))) throw error
    }
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

const GROWTH = 1.1 // groups are made anew when there are so many more links, not for each of thousands

const isWorthShowing = (links: number, shown: number): boolean => links > shown && links >= shown * GROWTH
