import { isApiRequest } from '../server/api/paths'
import { PLACE_HEADER } from './to-server'

/** What the service worker does with a request. */
export type Answerer =
  | 'browser' // not ours: as if there were no service worker
  | 'network'
  | 'device'
  | 'network-then-device'
  | 'nobody' // refused

interface Ask {
  readonly request: Pick<Request, 'url' | 'method' | 'headers'>
  readonly origin: string
  readonly isPrivate: boolean
  /** Whether the task in the path is one of this device's. */
  readonly isOurTask: boolean
}

/** The one table of who answers; in private mode nothing that can carry a picture reaches the network. */
export function whoAnswers({ request, origin, isPrivate, isOurTask }: Ask): Answerer {
  const url = new URL(request.url)
  const isApi = url.origin === origin && isApiRequest(url.pathname, request.headers.get('accept'))
  const isForServer = request.headers.get(PLACE_HEADER) === 'server'
  const isModelFile = isApi && url.pathname.startsWith('/models/') && !carriesBody(request.method)
  if (isPrivate) {
    if (isModelFile) return 'network' // like a script: it comes, and nothing of the user's goes
    if (!isApi) return carriesBody(request.method) ? 'nobody' : 'browser'
    return isForServer && carriesBody(request.method) ? 'nobody' : 'device'
  }
  if (!isApi) return 'browser'
  if (isModelFile) return 'network'
  if (isForServer) return 'network'
  return isOurTask ? 'device' : 'network-then-device'
}

const carriesBody = (method: string): boolean => method !== 'GET' && method !== 'HEAD'

const OF_TASK =
  /^\/(?:api\/v1\/tasks|api\/v1\/task-status|uploads|thumbnails|results|tasks_storage)\/([0-9a-f-]{36})(?:\/|$)/

/** The task that a path is about. */
export const taskInPath = (pathname: string): string | undefined => OF_TASK.exec(pathname)?.[1]
