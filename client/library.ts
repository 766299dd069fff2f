import type { z } from 'zod'
import type {
  AddedImage,
  Callback,
  Claim,
  CopyLink,
  GroupPage,
  GroupsQuery,
  ImageObject,
  ImagePage,
  LinkedImage,
  ListedImage,
  ListQuery,
  PageQuery,
  Processed,
  SearchResult,
  SetAsidePage,
  Summary,
} from '../server/api/contracts/copies'
import type { Connection } from './connection'
import { DarkroomError } from './errors'
import { formOf, type Upload } from './form'
import type { PageOptions } from './tasks'
import { type Work, workOn } from './work-on'

interface NewPicture {
  readonly file: Upload
  /** What it is called in the library; the file's own name where left out. */
  readonly name?: string
  /** Which worker is to process it; `darkroom-copies`, the server's own, where left out. */
  readonly model?: string
}

/** Pictures that are kept to find copies among them. All calls need a key; a user's library is nobody else's. */
export class Library {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  add({ file, name, model = 'darkroom-copies' }: NewPicture): Promise<z.output<typeof AddedImage>> {
    const form = formOf({ file }, { name: name ?? nameOf(file), model_name: model })
    return this.#connection.json('api/v1/image', { method: 'POST', form })
  }

  get(id: number): Promise<z.output<typeof ImageObject>> {
    return this.#connection.json(pathOf(id))
  }

  list(query: z.input<typeof ListQuery>): Promise<z.output<typeof ListedImage>[]> {
    return this.#connection.json('api/v1/image/all', { query })
  }

  /** A page, with everything known of each picture. */
  page(query: z.input<typeof PageQuery> = {}): Promise<z.output<typeof ImagePage>> {
    return this.#connection.json('api/v1/image/page', { query })
  }

  summary(): Promise<z.output<typeof Summary>> {
    return this.#connection.json('api/v1/image/summary')
  }

  /** Groups of copies, those that were begun last first. */
  groups(query: z.input<typeof GroupsQuery> = {}): Promise<z.output<typeof GroupPage>> {
    return this.#connection.json('api/v1/image/groups', { query })
  }

  /** Copies of a picture that is not kept. */
  search(file: Upload, { limit }: { readonly limit?: number } = {}): Promise<z.output<typeof SearchResult>> {
    return this.#connection.json('api/v1/image/search', { method: 'POST', form: formOf({ file }), query: { limit } })
  }

  /** Ids of its copies; empty until it is processed. */
  processed(id: number): Promise<z.output<typeof Processed>> {
    return this.#connection.json(`${pathOf(id)}/processed`)
  }

  /** Its copies, with where they are stored. */
  copies(id: number): Promise<z.output<typeof CopyLink>[]> {
    return this.#connection.json(`${pathOf(id)}/return_images`)
  }

  /** Why it is called a copy: verdict, edits and alignment of each link. */
  links(id: number): Promise<z.output<typeof LinkedImage>[]> {
    return this.#connection.json(`${pathOf(id)}/links`)
  }

  file(id: number, signal?: AbortSignal): Promise<Blob> {
    return this.#connection.blob(`${pathOf(id)}/file`, { signal })
  }

  /** A PNG of at most 256×256. */
  thumbnail(id: number): Promise<Blob> {
    return this.#connection.blob(`${pathOf(id)}/thumbnail`)
  }

  /** Says that two pictures are no copies, or takes that back. */
  async setAside(id: number, otherId: number, ignored = true): Promise<void> {
    await this.#connection.response(`${pathOf(id)}/ignored`, { method: 'PUT', json: { other_id: otherId, ignored } })
  }

  /** Pairs that were called no copies, newest first. */
  pairsSetAside({ offset, limit }: PageOptions = {}): Promise<z.output<typeof SetAsidePage>> {
    return this.#connection.json('api/v1/image/ignored', { query: { offset, limit } })
  }

  async remove(id: number): Promise<void> {
    await this.#connection.response(pathOf(id), { method: 'DELETE' })
  }

  /** For a worker: claims the oldest picture that waits for this model, for two minutes; undefined when none does. */
  async claim(model: string, signal?: AbortSignal): Promise<z.output<typeof Claim> | undefined> {
    try {
      return await this.#connection.json(`api/v1/image/poll/${encodeURIComponent(model)}`, { signal })
    } catch (error) {
      if (error instanceof DarkroomError && error.code === 'not-found') return undefined
      throw error
    }
  }

  /** For a worker: says what it found. @throws DarkroomError conflict when the claim has run out */
  finish(id: number, finding: z.input<typeof Callback>): Promise<z.output<typeof Processed>> {
    return this.#connection.json(`${pathOf(id)}/processed`, { method: 'POST', json: finding })
  }

  /** Is a worker until the signal aborts: claims pictures one after another and says what `find` finds. */
  work(work: Work): Promise<void> {
    return workOn(this, work)
  }
}

const pathOf = (id: number): string => `api/v1/image/${id}`

const nameOf = (file: Upload): string => ('name' in file && typeof file.name === 'string' ? file.name : 'picture')
