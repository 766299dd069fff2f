import { symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { MODEL_CACHE } from '../models/model-cache'
import { type ServerProcess, startProcess } from '../server/server-process'
import { dataFolder } from '../server/support'

export const KEY = 'a-key-for-tests-only'

/** A built server with the models of the install, without pages; it ends with the test. */
export async function runningServer(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const folder = await dataFolder()
  for (const name of ['models', 'public']) await symlink(resolve(name), join(folder, name))
  return startProcess(folder, { API_KEY: KEY, MODELS_CACHE: MODEL_CACHE, WORKERS: '1', ...env })
}
