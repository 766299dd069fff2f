import type * as z from 'zod'
import {
  AddedImage,
  type Group,
  GroupPage,
  type ImageObject,
  ImagePage,
  LinkedImage,
  SearchResult,
  SetAsidePage,
  Summary,
} from '../server/api/contracts/copies'
import { askServer, sendJson } from './ask-server'
import { whileBusy } from './busy'
import { refuseWhenPrivate } from './private-guard'

export type LibraryImage = z.infer<typeof ImageObject>
export type LibrarySummary = z.infer<typeof Summary>
export type CopyGroup = z.infer<typeof Group>
export type LinkedPicture = z.infer<typeof LinkedImage>
export type FoundPicture = z.infer<typeof SearchResult>['matches'][number]

export interface Wanted {
  readonly status?: LibraryImage['status']
  readonly unreadable?: boolean
  readonly label?: string
  readonly policy?: NonNullable<LibraryImage['policy']>
}

interface Part {
  readonly offset: number
  readonly limit: number
}

const IMAGES = '/api/v1/image'
const MODEL = 'darkroom-copies'

const ask = (path: string, init?: RequestInit): Promise<Response> =>
  askServer(`${IMAGES}${path}`, 'The library is kept by the server, which does not answer', init)

const read = async (path: string, init?: RequestInit): Promise<unknown> => (await ask(path, init)).json()

const post = (path: string, body: FormData, signal: AbortSignal): Promise<unknown> => {
  refuseWhenPrivate(body)
  return whileBusy(() => read(path, { method: 'POST', body, signal }), signal)
}

const queryOf = (values: Readonly<Record<string, string | number | boolean | undefined>>): string =>
  new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString()

/**
 * The server's library of pictures; a device has none. Every call throws ToolError: the server's refusal, or
 * `unavailable` where no server answers or private mode is on.
 */
export const libraryClient = {
  summary: async (signal: AbortSignal): Promise<LibrarySummary> => Summary.parse(await read('/summary', { signal })),

  /** Newest first. */
  page: async (wanted: Wanted, part: Part, signal: AbortSignal): Promise<z.infer<typeof ImagePage>> =>
    ImagePage.parse(await read(`/page?${queryOf({ ...wanted, ...part, order: 'newest' })}`, { signal })),

  groups: async (part: Part, signal: AbortSignal): Promise<z.infer<typeof GroupPage>> =>
    GroupPage.parse(await read(`/groups?${queryOf({ ...part })}`, { signal })),

  /** Pairs that were called no copies. */
  setAside: async (part: Part, signal: AbortSignal): Promise<z.infer<typeof SetAsidePage>> =>
    SetAsidePage.parse(await read(`/ignored?${queryOf({ ...part })}`, { signal })),

  links: async (id: number, signal: AbortSignal): Promise<LinkedPicture[]> =>
    LinkedImage.array().parse(await read(`/${id}/links`, { signal })),

  /** @throws ToolError unreadable, too-large, storage-full, unavailable */
  async add(file: File, signal: AbortSignal): Promise<number> {
    const body = new FormData()
    body.append('name', file.name)
    body.append('file', file)
    body.append('model_name', MODEL)
    return AddedImage.parse(await post('', body, signal)).id
  },

  /** Copies of a picture that is not kept, the likeliest first. */
  async search(file: File, signal: AbortSignal): Promise<FoundPicture[]> {
    const body = new FormData()
    body.append('file', file)
    return SearchResult.parse(await post('/search?limit=50', body, signal)).matches
  },

  /** Says that two pictures are no copies, or takes it back. */
  async ignore(one: number, other: number, ignored: boolean): Promise<void> {
    await ask(`/${one}/ignored`, sendJson('PUT', { other_id: other, ignored }))
  },

  /** Goes on when the page is left meanwhile. */
  async remove(id: number): Promise<void> {
    await ask(`/${id}`, { method: 'DELETE', keepalive: true })
  },

  file: async ({ id, name }: { id: number; name: string }, signal: AbortSignal): Promise<File> => {
    const blob = await (await ask(`/${id}/file`, { signal })).blob()
    return new File([blob], name, { type: blob.type })
  },
}

export const fileAddress = (id: number): string => `${IMAGES}/${id}/file`
export const thumbnailAddress = (id: number): string => `${IMAGES}/${id}/thumbnail`
