/// <reference lib="webworker" />
import type { SerwistPlugin } from 'serwist'

const RETRIES_MS = [500, 2000] // pauses before another try: a server that restarts is back by then

interface Precaching {
  /** Whether the page cannot be drawn or run offline without it. */
  isNeeded(path: string): boolean
  /** Keeps a file under the key of its revision. */
  store(url: string, response: Response): Promise<void>
}

/**
 * Keeps one file that is missing from spoiling the whole install: each is tried again, and what is still missing fails
 * the install only where the page needs it.
 */
export function patientPrecaching({ isNeeded, store }: Precaching, pausesMs = RETRIES_MS): SerwistPlugin {
  return {
    async handlerDidError({ request, event }) {
      if (event?.type !== 'install') return undefined
      for (const pause of pausesMs) {
        await new Promise((resolve) => setTimeout(resolve, pause))
        const response = await fetch(request.clone()).catch(() => undefined)
        if (!response?.ok) continue
        await store(request.url, response.clone())
        return response
      }
      return isNeeded(new URL(request.url).pathname) ? undefined : Response.error()
    },
  }
}

/** Fetches what an install left out; what fails again is left for the next time. */
export async function storeMissing(
  urls: readonly string[],
  isStored: (url: string) => Promise<boolean>,
  store: Precaching['store'],
): Promise<void> {
  for (const url of urls) {
    if (await isStored(url)) continue
    const response = await fetch(url, { cache: 'reload' }).catch(() => undefined)
    if (response?.ok) await store(url, response)
  }
}
