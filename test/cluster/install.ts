import { symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { MODEL_CACHE } from '../models/model-cache'

/** What an install has beside the server, for one that is started in a folder of its own: our weights and pictures. */
export async function linkInstall(folder: string): Promise<{ MODELS_CACHE: string }> {
  await symlink(resolve('models'), join(folder, 'models'))
  await symlink(resolve('public'), join(folder, 'public'))
  return { MODELS_CACHE: MODEL_CACHE }
}
