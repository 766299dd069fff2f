import type { Engine } from '../engine'
import type { Library } from '../library'
import type { Route } from '../route'
import { linkRoutes } from './copies-links'
import { overviewRoutes } from './copies-overview'
import { pictureRoutes } from './copies-pictures'
import { uploadRoutes } from './copies-upload'
import { workerRoutes } from './copies-worker'

/** The contract has every path with the prefix and without it. */
const PREFIXES = ['/api/v1', ''] as const

/** Pictures that are kept to find copies among them. Left out where there is no library, as on a device. */
export const copiesRoutes = (engine: Engine, library: Library | undefined): readonly Route[] =>
  library ? PREFIXES.flatMap((prefix) => imageRoutes(engine, library).map((route) => under(prefix, route))) : []

/** Those of one picture last: their paths would also take the words of the others for an id. */
const imageRoutes = (engine: Engine, library: Library): readonly Route[] => [
  ...overviewRoutes(library),
  ...uploadRoutes(engine, library),
  ...workerRoutes(library),
  ...linkRoutes(library),
  ...pictureRoutes(library),
]

/** In the document once, under the longer path. */
const under = (prefix: string, { operation, ...route }: Route): Route => ({
  ...route,
  path: prefix + route.path,
  ...(prefix !== '' && { operation }),
})
