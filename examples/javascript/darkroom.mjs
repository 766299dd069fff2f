// What the examples share: one call of the API, with the key and the files.
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'

const { DARKROOM_SERVER = 'http://127.0.0.1:8080', DARKROOM_KEY, DARKROOM_SAMPLES = 'public/samples' } = process.env

/** A sample picture to send. */
export const sample = async (name) => new File([await openAsBlob(`${DARKROOM_SAMPLES}/${name}`)], basename(name))

/** @param fields of a form: texts, numbers and files */
export async function call(method, path, fields) {
  const body = fields && new FormData()
  for (const [name, value] of Object.entries(fields ?? {})) body.append(name, value)
  const headers = DARKROOM_KEY ? { 'X-API-Key': DARKROOM_KEY } : {}
  const response = await fetch(DARKROOM_SERVER + path, { method, headers, body })
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  return response
}

/** Asks again and again until `isDone`. */
export async function until(isDone, ask) {
  for (;;) {
    const state = await ask()
    if (isDone(state)) return state
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}
