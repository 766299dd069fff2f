import * as Comlink from 'comlink'
import { ToolError } from '../../core/errors'
import type { LentPool } from '../lent-pool'
import { BORROW } from '../messages'
import type { Compute } from './compute'

const ANSWER_MS = 4_000 // a page that is frozen or closed does not answer
const LOOK_EVERY_MS = 1_000

type Page = Comlink.Remote<LentPool>

interface OpenPage {
  readonly id: string
  readonly focused: boolean
  postMessage(message: unknown, transfer: Transferable[]): void
}

/** The part of the service worker's `clients` that is needed. */
export interface OpenPages {
  matchAll(options: { type: 'window' }): Promise<readonly OpenPage[]>
}

/** Computes on the pool of an open page, the focused one first, over a port of its own for each job. */
export function createPageCompute(pages: OpenPages): Compute {
  async function withPage<T>(job: (page: Page, gone: Promise<never>) => Promise<T>): Promise<T> {
    const borrowed = await borrow(pages)
    if (!borrowed) throw noPage()
    const ended = new AbortController()
    try {
      return await job(borrowed.page, goneOf(borrowed, pages, ended.signal))
    } finally {
      ended.abort()
      borrowed.page[Comlink.releaseProxy]()
    }
  }

  return {
    inspect: (call) => withPage(async (page, gone) => await Promise.race([page.inspect(call), gone])),
    run: (id, call, report, signal) =>
      withPage(async (page, gone) => {
        const cancel = () => void page.cancel(id)
        signal.addEventListener('abort', cancel, { once: true })
        try {
          signal.throwIfAborted()
          return await Promise.race([page.run(id, call, Comlink.proxy(report)), gone])
        } finally {
          signal.removeEventListener('abort', cancel)
        }
      }),
    isReady: async () => {
      const borrowed = await borrow(pages)
      borrowed?.page[Comlink.releaseProxy]()
      return borrowed !== undefined
    },
  }
}

const noPage = () =>
  new ToolError(
    'unavailable',
    'This device computes in an open Darkroom page, and none is open: open one and try again',
  )

interface Borrowed {
  readonly id: string
  readonly page: Page
}

async function borrow(pages: OpenPages): Promise<Borrowed | undefined> {
  const open = await pages.matchAll({ type: 'window' })
  for (const client of open.toSorted((a, b) => Number(b.focused) - Number(a.focused))) {
    const { port1, port2 } = new MessageChannel()
    client.postMessage({ type: BORROW }, [port2])
    const page = Comlink.wrap<LentPool>(port1)
    if (await answers(page)) return { id: client.id, page }
    page[Comlink.releaseProxy]()
  }
  return undefined
}

async function answers(page: Page): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, ANSWER_MS, false))
  return Promise.race([page.ping().then(() => true), late])
}

/** Rejects when the page is closed or stops answering before `ended`. */
async function goneOf({ id, page }: Borrowed, pages: OpenPages, ended: AbortSignal): Promise<never> {
  while (!ended.aborted) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    const isOpen = (await pages.matchAll({ type: 'window' })).some((client) => client.id === id)
    if (!ended.aborted && !(isOpen && (await answers(page))) && !ended.aborted) throw noPage()
  }
  return new Promise(() => {}) // the job has ended: nobody listens
}
