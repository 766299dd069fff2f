import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import type { Draft, Engine } from '../../server/api/engine'
import type { Task } from '../../server/api/task'
import { hasEnded } from '../../server/api/task'
import { type Config, readConfig } from '../../server/config'
import { createLog } from '../../server/log'
import { openServices, type Services } from '../../server/services'
import type { DeliveryOptions } from '../../server/webhooks/open-webhooks'

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

/** A new folder, gone when the test file has ended. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-'))
  folders.push(folder)
  return folder
}

const TEMPLATE = resolve('.build/server/database-template')

/** A data folder whose embedded database is there already, where the build has made one to copy. */
export async function dataFolder(): Promise<string> {
  const folder = await temporaryFolder()
  if (existsSync(TEMPLATE)) await cp(TEMPLATE, join(folder, 'db'), { recursive: true })
  return folder
}

export const testConfig = (env: Record<string, string | undefined>): Config =>
  readConfig({ WORKERS: '1', LOG_LEVEL: 'silent', STOP_GRACE_SECONDS: '0', MODELS_FETCH: 'asked', ...env })

export const silent = createLog('silent')

/** A compute process that does as its params say; see the file. */
export const FAKE_CHILD = resolve(import.meta.dirname, 'fake-child.mjs')

/** Services that end with the test. */
export async function startServices(
  env: Record<string, string | undefined>,
  childEntry?: string,
  delivery?: DeliveryOptions,
): Promise<Services> {
  const services = await openServices(testConfig(env), silent, childEntry, delivery)
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= services.close()
    return closed
  }
  onTestFinished(close)
  return { ...services, close }
}

export const multipart = (parts: Record<string, string | Blob>, init: RequestInit = {}): Request => {
  const form = new FormData()
  for (const [name, value] of Object.entries(parts)) form.append(name, value)
  return new Request('http://localhost/', { method: 'POST', body: form, ...init })
}

/** A draft as a family of routes would hand it over, its files received by the engine. */
export async function draftOf(engine: Engine, params: Record<string, unknown>, files: Record<string, Blob>) {
  const received = await engine.receive(multipart(files))
  const inputs = received.files.map((file) => ({ slot: file.field, name: `${file.field}.png`, file }))
  const draft: Draft = { tool: 'match-template', params, inputs, owner: null }
  return { draft, received }
}

export async function submit(engine: Engine, params: Record<string, unknown>, files: Record<string, Blob> = ONE_FILE) {
  const { draft, received } = await draftOf(engine, params, files)
  try {
    return await engine.submit(draft)
  } finally {
    await received.discard()
  }
}

export const ONE_FILE = { image: new Blob(['picture']) }

/** Every state a task goes through, to its end. */
export async function statesOf(engine: Engine, { uid }: Task): Promise<Task[]> {
  const seen: Task[] = []
  const changes = await engine.watch(uid, AbortSignal.timeout(20_000))
  for await (const task of changes ?? []) seen.push(task)
  return seen
}

export async function endOf(engine: Engine, task: Task): Promise<Task> {
  const last = (await statesOf(engine, task)).at(-1)
  if (!last || !hasEnded(last)) throw new Error(`the task did not end: ${JSON.stringify(last)}`)
  return last
}

/** Every file below a folder, for tests that nothing is left. */
export async function filesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
