import { extname } from 'node:path'
import type { Assets } from './api/assets'
import { openLocalDisk } from './storage/local-disk'

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png' }

/** The libraries of `/docs` and `/redoc`, which the build copies to `public/docs-assets`. */
export function openDocsAssets(folder: string): Assets {
  const disk = openLocalDisk(folder)
  return {
    async open(name) {
      const type = TYPES[extname(name)]
      const file = type ? await disk.open(name) : undefined
      return file && { body: file.stream(), size: file.size, type }
    },
  }
}
