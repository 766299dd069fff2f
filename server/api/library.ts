import type { EmbeddingModel } from '../../operators/fingerprint/models'
import type { Page, StoredFile } from './engine'

/** Whose library: a user's id, or null for that of this machine's page. */
export type Owner = string | null

export const STATUSES = ['UPLOADED', 'PROCESSING', 'PROCESSED'] as const
export type ImageStatus = (typeof STATUSES)[number]

/** A detection or a class with how sure its model is. */
export interface Label {
  readonly name: string
  /** 0..1 */
  readonly score: number
  /** Share of the picture's width and height, where it is one place in it. */
  readonly box?: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
}

export const POLICIES = ['allow', 'review', 'block'] as const
export type Policy = (typeof POLICIES)[number]

export interface Labels {
  readonly objects: readonly Label[]
  readonly people: number
  readonly content: readonly Label[]
  readonly policy: Policy
}

/** A picture of the library. */
export interface LibraryImage {
  readonly id: number
  readonly name: string
  readonly status: ImageStatus
  /** The model worker it waits for. */
  readonly modelName: string
  /** Key in the storage: `images/{uuid}_{name}`. */
  readonly path: string
  /** Of the file. */
  readonly bytes: number
  readonly width: number | null
  readonly height: number | null
  readonly labels: Labels | null
  /** Why it could not be read, a sentence. */
  readonly error: string | null
  readonly createdAt: Date
  readonly uploadedAt: Date
  readonly processedAt: Date | null
}

/** A picture that was found, with why. */
export interface Match {
  readonly image: LibraryImage
  readonly verdict: string
  /** That one is made from the other, 0..1, in a library of this size. */
  readonly probability: number
  /** `result_data` of the comparison, but for its pairs of details; null for a link that somebody else's worker made. */
  readonly evidence: Readonly<Record<string, unknown>> | null
}

/** What a model worker found out about a picture that it had claimed. */
export interface Finding {
  /** Ids of its copies. */
  readonly copies: readonly number[]
  readonly embedding?: readonly number[]
}

export interface Filter {
  readonly status?: ImageStatus
  /** At least one object of this name. */
  readonly label?: string
  readonly policy?: Policy
  /** Only those that could not be read, or only the others. */
  readonly unreadable?: boolean
}

/** Two pictures of which one is made from the other; `a` is the lesser id. */
export interface CopyLink {
  readonly a: number
  readonly b: number
  readonly verdict: string
  /** As in `Match`. */
  readonly probability: number
  readonly evidence: Match['evidence']
}

/** Pictures that hang together by links. */
export interface CopyGroup {
  /** The least id of all that were ever in it. */
  readonly id: number
  /** How many pictures it has; of a very large one only the oldest are named. */
  readonly count: number
  readonly images: readonly LibraryImage[]
  /** The likeliest first, without those that people have set aside. */
  readonly links: readonly CopyLink[]
}

/** Two pictures that people have called no copies. */
export interface SetAsidePair extends CopyLink {
  readonly images: readonly [LibraryImage, LibraryImage]
}

/** A library in numbers of pictures. */
export interface LibrarySummary {
  readonly uploaded: number
  readonly processing: number
  /** With those that could not be read. */
  readonly processed: number
  readonly unreadable: number
  /** Groups of copies. */
  readonly groups: number
  /** Pairs. */
  readonly setAside: number
  /** Kinds of object, the commonest first. */
  readonly labels: readonly { readonly name: string; readonly count: number }[]
}

export interface Listed extends Page {
  /** The oldest first unless told otherwise. */
  readonly newestFirst?: boolean
}

/** Pictures that are kept to find copies among them. One user never sees another one's. */
export interface Library {
  /**
   * Stores a picture, which then waits for its model worker.
   *
   * @throws ToolError unreadable when it is no picture; unavailable when it cannot be stored: nothing is left behind
   */
  add(
    owner: Owner,
    image: { readonly name: string; readonly modelName: string; readonly bytes: Uint8Array<ArrayBuffer> },
  ): Promise<LibraryImage>
  /** Oldest first, unless the page says otherwise. */
  list(owner: Owner, filter: Filter, page?: Listed): Promise<LibraryImage[]>
  count(owner: Owner, filter: Filter): Promise<number>
  summary(owner: Owner): Promise<LibrarySummary>
  /** Those that were begun last first. */
  groups(owner: Owner, page: Page): Promise<{ total: number; groups: CopyGroup[] }>
  /** The newest pictures first. */
  setAside(owner: Owner, page: Page): Promise<{ total: number; pairs: SetAsidePair[] }>
  find(owner: Owner, id: number): Promise<LibraryImage | undefined>
  /** Everything that hangs together with it by links, oldest first; undefined when there is no such picture. */
  copies(owner: Owner, id: number): Promise<LibraryImage[] | undefined>
  /** The direct links of a picture, the likeliest first; undefined when there is no such picture. */
  links(owner: Owner, id: number): Promise<(Match & { readonly ignored: boolean })[] | undefined>
  /** The oldest picture that waits for this model, for one worker alone until its lease runs out. */
  claim(owner: Owner, modelName: string): Promise<LibraryImage | undefined>
  /**
   * What a foreign worker says of a picture that it has claimed.
   *
   * @returns undefined when there is no such picture
   * @throws ToolError conflict when it is not claimed; invalid-input that names ids that do not exist
   */
  finish(owner: Owner, id: number, finding: Finding): Promise<LibraryImage | undefined>
  /** Compares a picture with the library without keeping it. @throws ToolError unreadable, busy, model-unavailable */
  search(
    owner: Owner,
    bytes: Uint8Array<ArrayBuffer>,
    options: { readonly model: EmbeddingModel; readonly limit: number },
    signal: AbortSignal,
  ): Promise<Match[]>
  /** Says that two pictures are no copies, or takes it back; survives indexing again. @returns whether they were linked */
  ignore(owner: Owner, one: number, other: number, ignored: boolean): Promise<boolean>
  /** @returns whether there was one */
  remove(owner: Owner, id: number): Promise<boolean>
  /** The picture's file; undefined when there is none. */
  open(owner: Owner, id: number): Promise<StoredFile | undefined>
  /**
   * A PNG of at most 256×256 pixels, made when it is first asked for; undefined when there is no such picture.
   *
   * @throws ToolError unreadable, too-large
   */
  thumbnail(owner: Owner, id: number): Promise<StoredFile | undefined>
}
