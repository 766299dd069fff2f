import * as z from 'zod'
import { ToolError } from '../../../core/errors'
import { visibleTo } from '../access/visible'
import type { Engine, StoredFile } from '../engine'
import { isStoredName } from '../file-names'
import { defineRoute, type Route } from '../route'
import { sendFile } from '../send-file'
import { TaskId } from '../task'

/** What a browser may show in place. Anything else is a download: no upload is ever run as a page. */
const SHOWN = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'image/bmp', 'image/tiff']

const FOLDERS = [
  { folder: 'uploads', id: 'getUpload', summary: 'Read an upload' },
  { folder: 'thumbnails', id: 'getThumbnail', summary: 'Read a small picture of an upload' },
  { folder: 'results', id: 'getResult', summary: 'Read a result' },
] as const

const OneFile = z.object({ uid: TaskId, name: z.string().meta({ description: 'As the task lists it' }) })

export const fileRoutes = (engine: Engine): readonly Route[] =>
  FOLDERS.map(({ folder, id, summary }) =>
    defineRoute({
      method: 'get',
      path: `/${folder}/{uid}/{name}`,
      params: OneFile,
      operation: {
        id,
        tag: 'Files',
        summary,
        description: 'A file never changes while its task is kept. `If-None-Match` is honoured.',
        answers: {
          200: { description: 'The file', type: 'image/png', schema: z.file() },
          304: { description: 'The caller already has it' },
        },
        refusals: [404],
        shell: `curl -O $HOST/${folder}/$UID/$NAME`,
      },
      handle: async (c, { params: { uid, name } }) => {
        const file = isStoredName(name) ? await visibleTo(c, engine).file(`${folder}/${uid}/${name}`) : undefined
        if (!file) throw new ToolError('not-found', 'File not found')
        return sendFile(c, file, storedFileHeaders(name, file))
      },
    }),
  )

/** For a file that never changes, by what its bytes say it is. */
export function storedFileHeaders(name: string, { size, type }: StoredFile): Record<string, string> {
  const isShown = SHOWN.includes(type)
  return {
    'Content-Type': isShown ? type : 'application/octet-stream',
    'Content-Disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, max-age=86400, immutable',
    ETag: `"${size.toString(36)}"`, // the path is new for each task, so the size is enough to tell
  }
}
