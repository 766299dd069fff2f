import { createApp } from '../../server/api/app'
import type { TaskObject } from '../../server/api/contracts/matching'
import { MemoryEngine } from './memory-engine'

export const RUN = '/api/v1/match/template'
export const UNKNOWN_UID = '11111111-2222-3333-4444-555555555555'

/** An app over an empty engine, and what it would have written to the log. */
export function service() {
  const engine = new MemoryEngine()
  const logged: unknown[] = []
  const app = createApp(engine, { log: (error) => logged.push(error) })
  return { app, engine, logged }
}

export const png = (name = 'picture.png') => new File([new Uint8Array([137, 80, 78, 71])], name, { type: 'image/png' })

type Value = string | File

/** A multipart POST; a list sends the field several times. */
export function form(fields: Record<string, Value | readonly Value[]>): RequestInit {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) body.append(name, one as Value as string)
  }
  return { method: 'POST', body }
}

export const pictures = { image: png('screenshot.png'), template: png('icon.png') }

/** Queues one template task. */
export async function queued({ app }: Pick<ReturnType<typeof service>, 'app'>): Promise<TaskObject> {
  const response = await app.request(RUN, form(pictures))
  if (response.status !== 201) throw new Error(`answered ${response.status}: ${await response.text()}`)
  return response.json()
}
